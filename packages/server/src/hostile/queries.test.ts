import { queries } from './subjects/queries.ts'
import { withstands } from './withstand.ts'

withstands(queries)
