import { addresses } from './subjects/addresses.ts'
import { withstands } from './withstand.ts'

withstands(addresses)
