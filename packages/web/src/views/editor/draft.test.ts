import { describe, expect, it } from 'vitest'
import {
  addFields,
  deletedFields,
  type Draft,
  draftOfSensor,
  draftOfView,
  isSameDraft,
  nameFault,
  replaceField,
  requestOf,
  withoutDeleted,
  withoutField,
  withPanels,
} from './draft.ts'
import { heightOf, widthOf } from './panel-size.ts'

const scalar = (unit: string) => ({ type: 'scalar', unit }) as const
const house = {
  name: 'house',
  fields: { temp: scalar('celsius'), cam1: { type: 'image', unit: '' } as const },
}
const yard = { name: 'yard', fields: { temp: scalar('°C'), wind: scalar('m/s') } }
const [inside, outside, wind, camera, gone] = [
  { sensor: 'house', field: 'temp' },
  { sensor: 'yard', field: 'temp' },
  { sensor: 'yard', field: 'wind' },
  { sensor: 'house', field: 'cam1' },
  { sensor: 'yard', field: 'rain' },
]

function draft(...fields: (readonly (typeof inside)[])[]): Draft {
  return {
    name: 'Morning',
    panels: fields.map((members, index) => ({ id: `${index}`, columns: 12, rows: 4, fields: members })),
  }
}

describe('a draft', () => {
  it('of a sensor has a panel for each that its own view shows', () => {
    expect(requestOf(draftOfSensor(house))).toEqual([
      { columns: 12, rows: 4, fields: [inside] },
      { columns: 12, rows: 4, fields: [camera] },
    ])
  })

  it('is the same as the view that it was made of until something in it changes', () => {
    const saved = draftOfView({
      name: 'Morning',
      panels: [
        {
          columns: 6,
          rows: 4,
          fields: [
            { ...gone, deleted: true },
            { ...inside, deleted: false },
          ],
        },
      ],
    })
    const panel = saved.panels[0]
    if (panel === undefined) throw new Error('There is no panel.')
    expect(isSameDraft(saved, { ...saved, name: ' Morning ' })).toBe(true)
    expect(isSameDraft(saved, { ...saved, panels: [{ ...panel, id: 'other' }] })).toBe(true)
    expect(isSameDraft(saved, { ...saved, panels: [{ ...panel, rows: 8 }] })).toBe(false)
    expect(isSameDraft(saved, { ...saved, panels: [{ ...panel, fields: panel.fields.toReversed() }] })).toBe(
      false,
    )
  })
})

describe('fields that are added', () => {
  it('share a new panel when they are numbers of one unit, whosever they are', () => {
    let id = 0
    const added = withPanels(draft([wind]), [inside, camera, outside], [house, yard], () => `new-${id++}`)
    expect(added.panels.map(({ fields }) => fields)).toEqual([[wind], [inside, outside], [camera]])
    expect(added.panels.map((panel) => panel.id)).toEqual(['0', 'new-0', 'new-1'])
  })

  it('join a panel without being doubled', () => {
    const [panel] = draft([inside]).panels
    if (panel === undefined) throw new Error('There is no panel.')
    expect(addFields(panel, [inside, wind]).fields).toEqual([inside, wind])
    expect(withoutField(panel, inside).fields).toEqual([])
  })
})

describe('a field that was deleted', () => {
  it('is named once, and replaced or removed with the panels that showed nothing else', () => {
    const damaged = draft([gone, inside], [gone], [])
    expect(deletedFields(damaged, [house, yard])).toEqual([gone])
    expect(withoutDeleted(damaged, [house, yard]).panels.map(({ fields }) => fields)).toEqual([[inside], []])
    const [panel] = damaged.panels
    if (panel === undefined) throw new Error('There is no panel.')
    expect(replaceField(panel, gone, wind).fields).toEqual([wind, inside])
    expect(replaceField(panel, gone, inside).fields).toEqual([inside])
  })

  it('is one whose sensor was deleted, too', () => {
    expect(deletedFields(draft([inside, outside]), [house])).toEqual([outside])
  })
})

it('a name has at least one character that is seen, and at most 64', () => {
  expect(nameFault(' ')).toBe('missing')
  expect(nameFault('x'.repeat(65))).toBe('too-long')
  expect(nameFault(` ${'x'.repeat(64)} `)).toBeNull()
})

it('sizes that somebody set through the API are shown as the closest that one can choose', () => {
  expect([1, 3, 5, 24].map(heightOf)).toEqual(['small', 'small', 'medium', 'large'])
  expect([1, 5, 7, 12].map(widthOf)).toEqual(['third', 'half', 'twoThirds', 'full'])
})
