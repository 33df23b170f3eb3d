import type { FuzzTarget } from '../fuzz-target.ts'

/** Whatever takes bytes from outside. Loaded one by one: coverage takes longer the more code is loaded. */
export const fuzzTargets: Readonly<Record<string, () => Promise<FuzzTarget>>> = {
  multipart: async () => (await import('./multipart.ts')).multipart,
  'publish-json': async () => (await import('./publish-json.ts')).publishJson,
  'image-header': async () => (await import('./image-header.ts')).imageHeader,
  exif: async () => (await import('./exif.ts')).exif,
  routes: async () => (await import('./routes.ts')).routes(),
}
