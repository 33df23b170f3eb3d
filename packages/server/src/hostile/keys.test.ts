import { keys } from './subjects/keys.ts'
import { withstands } from './withstand.ts'

withstands(keys)
