import { web } from './subjects/web/web.ts'
import { withstands } from './withstand.ts'

withstands(web)
