import { web } from './subjects/web.ts'
import { withstands } from './withstand.ts'

withstands(web)
