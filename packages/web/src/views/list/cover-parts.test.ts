import { expect, test } from 'vitest'
import { coverParts } from './cover-parts.ts'

const scalar = { type: 'scalar', unit: '' } as const
const image = { type: 'image', unit: '' } as const
const at = (value: number | string) => ({ timestamp: 5, value })

test('shows the newest pictures and curves of a view, each once, and nothing that has no value or was deleted', () => {
  const shown = (field: string, sensor = 'rpi') => ({ sensor, field, deleted: false })
  const sensors = [
    {
      name: 'rpi',
      fields: {
        a: scalar,
        b: scalar,
        c: scalar,
        d: scalar,
        door: { type: 'boolean', unit: '' } as const,
        cam: image,
      },
      latest: { a: at(1), b: at(2), d: at(4), door: { timestamp: 5, value: true }, cam: at('0f') },
    },
  ]
  const panels = [
    { columns: 12, rows: 4, fields: [shown('a'), shown('c'), shown('b', 'gone')] },
    { columns: 12, rows: 4, fields: [shown('cam'), shown('door'), shown('b'), shown('a'), shown('d')] },
  ]
  const { pictures, curves } = coverParts(panels, sensors)
  expect(pictures).toEqual([{ sensor: 'rpi', field: 'cam', image: '0f' }])
  expect(curves.map(({ field }) => field)).toEqual(['a', 'b', 'd'])
})
