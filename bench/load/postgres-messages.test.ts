import { describe, expect, it } from 'vitest'
import { copyTemplate, PostgresResponseReader, queryTemplate, startupMessage } from './postgres-messages.ts'
import type { Answer } from './response-reader.ts'
import { TemplateBuilder } from './template-builder.ts'

function message(type: string, body: string): Buffer {
  const head = Buffer.alloc(5)
  head.write(type, 'latin1')
  head.writeUInt32BE(4 + body.length, 1)
  return Buffer.concat([head, Buffer.from(body, 'latin1')])
}

const READY = message('Z', 'I')
const ROWS = Buffer.concat([
  message('T', 'columns'),
  message('D', 'a row with ZZZZZ'),
  message('C', 'SELECT 1\0'),
  READY,
])
const FAILURE = Buffer.concat([message('E', 'SERROR\0\0'), READY])

function read(bytes: Buffer, size = bytes.length): Answer[] {
  const reader = new PostgresResponseReader()
  const answers: Answer[] = []
  for (let at = 0; at < bytes.length; at += size) {
    const answer = reader.push(bytes.subarray(at, at + size))
    if (answer !== null) answers.push(answer)
  }
  return answers
}

describe('PostgresResponseReader', () => {
  it.each([1, 3, 1000])('ends an answer when the server is ready, in pieces of %d bytes', (size) => {
    expect(read(ROWS, size)).toEqual([{ status: 200, bytes: ROWS.length }])
  })

  it('tells errors, and forgets them with the next answer', () => {
    expect(read(Buffer.concat([FAILURE, ROWS]), 1).map(({ status }) => status)).toEqual([500, 200])
  })
})

describe('messages', () => {
  it('start with the length and the version of the protocol', () => {
    const bytes = startupMessage('ada', 'postgres')
    expect(bytes.readUInt32BE(0)).toBe(bytes.length)
    expect(bytes.readUInt32BE(4)).toBe(196_608)
    expect(bytes.toString('latin1', 8)).toBe('user\0ada\0database\0postgres\0\0')
  })

  it('carry a query', () => {
    expect(Buffer.from(queryTemplate('SELECT 1').bytes)).toEqual(message('Q', 'SELECT 1\0'))
  })

  it('carry a copy and its data, slots included', () => {
    const data = new TemplateBuilder().text('ab').double(0).entry().build()
    const { bytes, slots, entries } = copyTemplate('COPY x', data)
    const expected = [message('Q', 'COPY x\0'), message('d', `ab${'\0'.repeat(8)}`), message('c', '')]
    expect(Buffer.from(bytes)).toEqual(Buffer.concat(expected))
    expect(slots).toEqual([
      { kind: 'value', at: message('Q', 'COPY x\0').length + 5 + 2, entry: 0, field: 0, as: 'double' },
    ])
    expect(entries).toBe(1)
  })
})
