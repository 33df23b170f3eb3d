import { jsonSubject } from './subjects/json.ts'
import { withstands } from './withstand.ts'

withstands(jsonSubject)
