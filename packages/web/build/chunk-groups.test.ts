import { expect, test } from 'vitest'
import { groupsOf } from './chunk-groups.ts'

const imports: Readonly<Record<string, readonly string[]>> = {
  main: ['app', 'react'],
  app: ['react', 'theme'],
  theme: ['app'],
  page: ['view', 'react'],
  view: ['range', 'theme'],
}

test('a module belongs to the first root that needs it, directly or not; roots belong to none', () => {
  const groups = groupsOf(
    [
      ['base', 'main'],
      ['view', 'page'],
    ],
    (module) => imports[module] ?? [],
  )
  expect(Object.fromEntries(groups)).toEqual({
    app: 'base',
    react: 'base',
    theme: 'base',
    view: 'view',
    range: 'view',
  })
})
