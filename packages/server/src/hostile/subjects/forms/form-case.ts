import type { ErrorCode } from '@senio/protocol'
import { expect } from 'vitest'
import { multipartBody, multipartType, type TestPart } from '../../../testing/multipart-body.ts'
import { jpeg } from '../../../testing/test-images.ts'
import { aPicture, type HostileCase, type Kept } from '../../hostile-case.ts'

export const BOUNDARY = 'senio-test-boundary'
/** The final boundary. */
export const FINAL = `--${BOUNDARY}--\r\n`

export interface Parts {
  readonly json: TestPart
  /** A picture that nobody has sent yet, for `cam1`. */
  readonly cam1: TestPart
  readonly picture: Buffer
}

let pictures = 0

/** A form; `build` gives its bytes from a good measurement and a new picture. */
export function bytes(
  name: string,
  build: (parts: Parts) => string | Buffer,
  answer: ErrorCode | number,
  options: {
    readonly type?: string
    readonly kept?: Kept
    readonly field?: string
    readonly query?: string
    readonly isFlat?: true
  } = {},
): HostileCase {
  const { type = multipartType, field, query, isFlat, kept = answer === 201 ? aPicture : undefined } = options
  let body: string | Buffer = ''
  return {
    name,
    answer,
    async prepare(site) {
      const picture = await jpeg(40, 30, 1000 + ++pictures)
      const json = { name: 'json', body: JSON.stringify({ timestamp: site.nextTime() }) }
      body = build({ json, cam1: { name: 'cam1', file: 'x.jpg', body: picture }, picture })
    },
    send(site) {
      const sent = body
      // Large ones must not count as what stays in memory.
      body = ''
      return site.post(sent, type, query)
    },
    ...(isFlat === undefined ? {} : { isFlat }),
    ...(kept === undefined ? {} : { kept }),
    ...(field === undefined ? {} : { also: ({ json }) => expect(json?.['field']).toBe(field) }),
  }
}

/** A form of these parts. */
export const parts = (
  name: string,
  list: (parts: Parts) => readonly TestPart[],
  answer: ErrorCode | number,
  options: Parameters<typeof bytes>[3] = {},
): HostileCase => bytes(name, (made) => multipartBody(list(made)), answer, options)

/** A form whose picture has these lines as its part's headers. */
export function withHead({ json, picture }: Parts, head: string | Buffer, end = '\r\n\r\n'): Buffer {
  const first = multipartBody([json])
  return Buffer.concat([
    first.subarray(0, first.length - FINAL.length),
    Buffer.from(`--${BOUNDARY}\r\n`),
    Buffer.from(head as string),
    Buffer.from(end),
    picture,
    Buffer.from(`\r\n${FINAL}`),
  ])
}

/** A form whose picture has these lines as its part's headers, as a case. */
export const headed = (
  name: string,
  head: string | Buffer,
  answer: ErrorCode | number,
  field?: string,
): HostileCase => bytes(name, (made) => withHead(made, head), answer, field === undefined ? {} : { field })
