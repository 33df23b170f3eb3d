import { forms } from './subjects/forms/forms.ts'
import { withstands } from './withstand.ts'

withstands(forms)
