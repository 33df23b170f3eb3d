import { forms } from './subjects/forms.ts'
import { withstands } from './withstand.ts'

withstands(forms)
