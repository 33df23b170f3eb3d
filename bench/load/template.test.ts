import { describe, expect, it } from 'vitest'
import { httpTemplate } from './http-request.ts'
import { TemplateBuilder } from './template-builder.ts'
import { fillTemplate, type RequestTemplate, valueInTenths } from './template.ts'

const TIMES = { first: 1_700_000_000_000, step: 60_000 }

function filled(template: RequestTemplate, number: number): string {
  const bytes = Buffer.from(template.bytes)
  fillTemplate(bytes, template, number, TIMES)
  return bytes.toString('latin1')
}

describe('a template', () => {
  const two = new TemplateBuilder()
    .time()
    .text(' ')
    .value(0)
    .entry()
    .text(',')
    .time()
    .text(' ')
    .value(1)
    .entry()
    .build()

  it('goes on in time from request to request', () => {
    expect(filled(two, 0).match(/\d{13}/g)).toEqual(['1700000000000', '1700000060000'])
    expect(filled(two, 1).match(/\d{13}/g)).toEqual(['1700000120000', '1700000180000'])
  })

  it('holds the values of those times', () => {
    const expected = [valueInTenths(TIMES.first, 0), valueInTenths(TIMES.first + TIMES.step, 1)]
    expect(
      filled(two, 0)
        .match(/\d\d\.\d/g)
        ?.map(Number),
    ).toEqual(expected.map((tenths) => tenths / 10))
  })

  it('keeps its length', () => {
    expect(filled(two, 123_456)).toHaveLength(two.bytes.length)
  })

  it('numbers requests with leading zeros', () => {
    expect(filled(new TemplateBuilder().text('/').number(6).text('.jpg').build(), 42)).toBe('/000042.jpg')
  })

  it("writes PostgreSQL's binary format", () => {
    const template = new TemplateBuilder().postgresTime().double(1).entry().build()
    const bytes = Buffer.from(filled(template, 3), 'latin1')
    expect(bytes.readBigInt64BE(0)).toBe(BigInt(TIMES.first + 3 * TIMES.step - 946_684_800_000) * 1000n)
    expect(bytes.readDoubleBE(8)).toBe(valueInTenths(TIMES.first + 3 * TIMES.step, 1) / 10)
  })

  it('writes times before 2000 in that format, too', () => {
    const template = new TemplateBuilder().postgresTime().entry().build()
    const bytes = Buffer.from(template.bytes)
    fillTemplate(bytes, template, 0, { first: 1, step: 1 })
    expect(bytes.readBigInt64BE(0)).toBe(-946_684_799_999_000n)
  })
})

it('gives values of two digits and a decimal at any time', () => {
  const values = Array.from({ length: 5000 }, (_, index) =>
    valueInTenths(1.5e12 + index * 7_919_000, index % 2),
  )
  expect(Math.min(...values)).toBeGreaterThanOrEqual(100)
  expect(Math.max(...values)).toBeLessThanOrEqual(999)
  expect(values.every(Number.isInteger)).toBe(true)
})

describe('httpTemplate', () => {
  it('is a whole request whose slots have moved behind the head', () => {
    const body = new TemplateBuilder().text('{"t":').time().text('}').entry().build()
    const template = httpTemplate({ method: 'POST', path: '/publish/x', headers: { 'X-A': 'b' }, body })
    expect(filled(template, 2)).toBe(
      'POST /publish/x HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b\r\nContent-Length: 19\r\n\r\n{"t":1700000120000}',
    )
  })

  it('takes slots in the path and needs no body', () => {
    const path = new TemplateBuilder().text('/files/').number(3).build()
    expect(filled(httpTemplate({ method: 'GET', path }), 7)).toBe(
      'GET /files/007 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
    )
  })
})
