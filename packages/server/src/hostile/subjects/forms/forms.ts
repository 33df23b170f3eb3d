import type { HostileSubject } from '../../hostile-case.ts'
import { boundaries } from './boundaries.ts'
import { contents } from './contents.ts'
import { fileNames } from './file-names.ts'
import { heads } from './heads.ts'

export const forms: HostileSubject = {
  title: 'A form',
  introduction:
    'Read by a parser of our own, to which every irregularity is an error: whoever sends a form learns when it is not whole. File names are ignored.',
  cases: [...boundaries, ...heads, ...contents, ...fileNames],
}
