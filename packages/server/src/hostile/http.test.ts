import { http } from './subjects/http.ts'
import { withstands } from './withstand.ts'

withstands(http)
