import { describe, expect, it } from 'vitest'
import { HttpResponseReader } from './http-response.ts'
import type { Answer } from './response-reader.ts'

/** Pushes the text in pieces of that many bytes; the answers that came of them. */
function read(text: string, size = text.length): Answer[] {
  const reader = new HttpResponseReader()
  const bytes = Buffer.from(text, 'latin1')
  const answers: Answer[] = []
  for (let at = 0; at < bytes.length; at += size) {
    const answer = reader.push(bytes.subarray(at, at + size))
    if (answer !== null) answers.push(answer)
  }
  return answers
}

const CREATED = 'HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello'
const CHUNKED =
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\nc;name=value\r\n, big\r\nworld\r\n0\r\nX-Sum: 1\r\n\r\n'
const EMPTY = 'HTTP/1.1 204 No Content\r\nServer: x\r\n\r\n'

describe('HttpResponseReader', () => {
  it.each([1, 2, 3, 7, 1000])('finds the end by Content-Length in pieces of %d bytes', (size) => {
    expect(read(CREATED, size)).toEqual([{ status: 201, bytes: 5 }])
  })

  it.each([1, 2, 3, 7, 1000])('follows chunks, extensions and trailers in pieces of %d bytes', (size) => {
    expect(read(CHUNKED, size)).toEqual([{ status: 200, bytes: 17 }])
  })

  it('needs no length for an answer without a body', () => {
    expect(read(EMPTY)).toEqual([{ status: 204, bytes: 0 }])
  })

  it('reads one answer after the other', () => {
    expect(read(CREATED + CHUNKED + EMPTY, 1).map(({ status }) => status)).toEqual([201, 200, 204])
  })

  it('waits for the rest', () => {
    expect(read(CREATED.slice(0, -1))).toEqual([])
    expect(read(CHUNKED.slice(0, -1))).toEqual([])
  })

  it.each([
    ['something else', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['more than the Content-Length', `${CREATED}!`],
    ['neither length nor chunks', 'HTTP/1.1 200 OK\r\n\r\n'],
    ['a chunk without a size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nhello\r\n'],
  ])('refuses %s', (_, text) => {
    expect(() => read(text)).toThrow(Error)
  })
})
