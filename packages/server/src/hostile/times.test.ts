import { times } from './subjects/times.ts'
import { withstands } from './withstand.ts'

withstands(times)
