import { connect } from 'node:net'
import { TestServer } from '../../testing/test-server.ts'
import type { FuzzTarget } from '../fuzz-target.ts'
import { promise } from '../promise.ts'

/** In inputs, for the sensor's device key. */
const KEY = 'THEKEY'
/** ms after which an answer that hasn't come counts as never coming; requests are given up long before. */
const PATIENCE = 10_000
/** ms without a byte after which the server gives a request up. */
const TIMEOUT = 300
/** After so many requests, one that must be taken. */
const CHECK_EVERY = 25
const MEASURED = '{"timestamp":1650000000000,"data":{"temp":1}}'
const AUTHORISED = `Host: a\r\nAuthorization: Bearer ${KEY}\r\n`

interface Site {
  readonly server: TestServer
  readonly port: number
  readonly key: string
}

/**
 * Whatever a client writes on its connection, it gets answers or is hung up on, none of them an error of ours, and others
 * are served as before.
 */
export function http(): FuzzTarget {
  let opened: Promise<Site> | null = null
  let runs = 0
  return {
    name: 'http',
    modules: ['/transport/http/', '/fastify/', '/@fastify/cookie/'],
    dictionary: [
      '\r\n',
      '\n',
      '\r\n\r\n',
      ' HTTP/1.1\r\n',
      ' HTTP/1.0\r\n',
      'GET /',
      'HEAD /',
      'POST /publish/rpi',
      'OPTIONS * ',
      'http://a/publish/rpi',
      '//',
      '%00',
      '%2e%2e%2f',
      '?clock=server',
      '?field=cam1&timestamp=1650000000000',
      'Host: a\r\n',
      `Authorization: Bearer ${KEY}\r\n`,
      'Authorization: Basic x\r\n',
      'Cookie: senio_session=x\r\n',
      'Cookie: ;=;,"\\; __Host-senio_session="\r\n',
      'Content-Length: 5\r\n',
      'Content-Length: -1\r\n',
      'Transfer-Encoding: chunked\r\n',
      'Transfer-Encoding: gzip, chunked\r\n',
      'Content-Encoding: gzip\r\n',
      'Content-Type: application/json\r\n',
      'Content-Type: application/x-ndjson\r\n',
      'Content-Type: multipart/form-data; boundary=a\r\n',
      'Content-Type: image/png\r\n',
      'Expect: 100-continue\r\n',
      'Connection: close\r\n',
      'Connection: upgrade\r\nUpgrade: websocket\r\n',
      'Trailer: X\r\n',
      'Accept: text/html\r\n',
      'Origin: null\r\n',
      '0\r\n\r\n',
      '5\r\nabcde\r\n',
      'fffffffffffffffff\r\n',
      ';x=y\r\n',
      MEASURED,
    ],
    seeds: async () => {
      const post = `POST /publish/rpi HTTP/1.1\r\n${AUTHORISED}Content-Type: application/json\r\n`
      const length = `Content-Length: ${MEASURED.length}\r\n\r\n`
      const chunked = `Transfer-Encoding: chunked\r\n\r\n${MEASURED.length.toString(16)}\r\n${MEASURED}\r\n0\r\n\r\n`
      return [
        `${post}${length}${MEASURED}`,
        `${post}${length}${MEASURED}${post}${chunked}`,
        `${post}Expect: 100-continue\r\n${length}${MEASURED}`,
        `${post}${length}{"timestamp":1`,
        `GET /publish/rpi HTTP/1.1\r\n${AUTHORISED}\r\n`,
        'GET /api/v1/me HTTP/1.1\r\nHost: a\r\nCookie: a=b; senio_session=x; c="d"\r\n\r\n',
        'GET /api/v1/sensors/rpi/series?fields=temp HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer senio_x\r\n\r\n',
        'HEAD /healthz HTTP/1.0\r\n\r\n',
        'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n',
        'GET / HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\nAccept-Encoding: br\r\n\r\n',
      ].map((text) => Buffer.from(text))
    },
    async run(input) {
      const site = await (opened ??= open())
      const request = Buffer.from(Buffer.from(input).toString('latin1').replaceAll(KEY, site.key), 'latin1')
      const answered = await exchange(site.port, request)
      promise(answered !== null, 'every connection is answered or ended')
      // There is no web app in tests, which is told with 503.
      if (answered?.includes('The web app is not built yet.') === true) return
      for (const status of statusesIn(answered ?? '')) {
        promise(status < 500, `an answer is no error of ours: ${status} in ${(answered ?? '').slice(0, 800)}`)
      }
      if (++runs % CHECK_EVERY !== 0) return
      promise(await takesGood(site), 'others are served as before')
      promise(
        site.server.reported.length === 0,
        `nothing fails in the background: ${String(site.server.reported[0])}`,
      )
    },
    async close() {
      const site = await opened
      if (site === null) return
      const good = await takesGood(site)
      await site.server.stop()
      promise(good, 'others are served as before')
    },
  }
}

async function open(): Promise<Site> {
  const server = await TestServer.start({ bodyTimeout: TIMEOUT })
  const { key } = await server.sensor('rpi', ['temp:scalar', 'cam1:image'])
  return { server, key, port: Number(new URL(await server.listen()).port) }
}

async function takesGood({ port, key }: Site): Promise<boolean> {
  const { status } = await fetch(`http://127.0.0.1:${port}/publish/rpi`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: MEASURED,
  })
  return status === 201
}

/** What comes back until the server hangs up; null when it never does. */
function exchange(port: number, request: Buffer): Promise<string | null> {
  return new Promise((resolve) => {
    const received: Buffer[] = []
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.end(request))
    const end = (text: string | null): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(text)
    }
    const timer = setTimeout(() => end(null), PATIENCE)
    socket.on('data', (chunk: Buffer) => received.push(chunk))
    // A connection may well be reset when more was written than is read.
    socket.on('error', () => undefined)
    socket.on('close', () => end(Buffer.concat(received).toString('latin1')))
  })
}

/** Of each answer: a status line stands at the beginning, or behind the body of another one. */
function statusesIn(text: string): readonly number[] {
  return [...text.matchAll(/(?:^|[\n}>])HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
}
