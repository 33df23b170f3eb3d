import { pictures } from './subjects/pictures.ts'
import { withstands } from './withstand.ts'

withstands(pictures)
