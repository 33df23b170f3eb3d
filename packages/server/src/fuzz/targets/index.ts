import type { FuzzTarget } from '../fuzz-target.ts'
import { exif } from './exif.ts'
import { imageHeader } from './image-header.ts'
import { multipart } from './multipart.ts'
import { publishJson } from './publish-json.ts'
import { routes } from './routes.ts'

/** Whatever takes bytes from outside. */
export function fuzzTargets(): readonly FuzzTarget[] {
  return [multipart, publishJson, imageHeader, exif, routes()]
}
