import { expect, test } from 'vitest'
import { firstViewOf } from './size-budget.ts'

function chunk(fileName: string, module: string, imports: string[] = [], dynamicImports: string[] = []) {
  return { fileName, isEntry: module === '/src/main.tsx', facadeModuleId: module, imports, dynamicImports }
}

const chunks = [
  chunk('main', '/src/main.tsx', ['react'], ['page', 'account']),
  chunk('react', '/node_modules/react/index.js'),
  chunk('account', '/src/account/account-page.tsx'),
  chunk('page', '/src/sensors/sensor-page.tsx', ['shared'], ['graph', 'viewer']),
  chunk('shared', '/src/timeline/range.ts'),
  chunk('graph', '/src/fields/scalar/graph-track.tsx', ['uplot']),
  chunk('uplot', '/node_modules/uplot/index.js'),
  chunk('viewer', '/src/viewer/image-viewer.tsx'),
]

test('counts the page of the view, its panels and all that they import, and no other page', () => {
  const names = firstViewOf(chunks).map(({ fileName }) => fileName)
  expect(names.toSorted()).toEqual(['graph', 'main', 'page', 'react', 'shared', 'uplot'])
})

test('says so when it no longer knows what the view is', () => {
  expect(() => firstViewOf(chunks.filter(({ fileName }) => fileName !== 'page'))).toThrow('sensor-page')
})
