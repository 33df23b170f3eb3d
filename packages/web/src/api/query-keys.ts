/**
 * The names under which answers are cached. What belongs to a sensor starts with `sensor(name)`, so that invalidating
 * that key refreshes all of it.
 */
export const queryKeys = {
  setup: ['setup'],
  me: ['me'],
  accounts: ['accounts'],
  tokens: ['tokens'],
  sessions: ['sessions'],
  sensors: ['sensors'],
  sensor: (name: string) => ['sensor', name] as const,
  sensorDetail: (name: string) => ['sensor', name, 'detail'] as const,
  views: ['views'],
  view: (id: number) => ['views', id] as const,
  deviceKeys: (name: string) => ['sensor', name, 'keys'] as const,
} as const
