/** The parts of the web app that have texts of their own: each has `texts.ts` (English) and `texts.de.ts`. */
export const areas = [
  'account',
  'api',
  'app',
  'boolean',
  'compare',
  'connect',
  'create',
  'design',
  'gallery',
  'image',
  'location',
  'notes',
  'scalar',
  'sensors',
  'settings',
  'setup',
  'tags',
  'timeline',
  'viewer',
  'views',
] as const

export type Area = (typeof areas)[number]
