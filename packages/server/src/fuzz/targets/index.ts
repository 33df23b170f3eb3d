import type { FuzzTarget } from '../fuzz-target.ts'

/** Whatever takes bytes from outside. Loaded one by one: coverage takes longer the more code is loaded. */
export const fuzzTargets: Readonly<Record<string, () => Promise<FuzzTarget>>> = {
  'content-type': async () => (await import('./content-type.ts')).contentType,
  lines: async () => (await import('./lines.ts')).lines,
  's3-xml': async () => (await import('./s3-xml.ts')).s3Xml,
  restore: async () => (await import('./restore.ts')).restore(),
  http: async () => (await import('./http.ts')).http(),
  multipart: async () => (await import('./multipart.ts')).multipart,
  'publish-json': async () => (await import('./publish-json.ts')).publishJson,
  'image-header': async () => (await import('./image-header.ts')).imageHeader,
  exif: async () => (await import('./exif.ts')).exif,
  routes: async () => (await import('./routes.ts')).routes(),
}
