import { spawn } from 'node:child_process'
import { join } from 'node:path'

const HOUR = 3_600_000
const START = 1_474_635_600_000
/** Two green pixels; the tests of the formats know their hash. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAD0lEQVQImWNwWdXhsqoDAAm5Au0Qk4mHAAAAAElFTkSuQmCC'
const PERSON = { email: 'ada@example.org', password: 'a long pass phrase' }

/**
 * Runs the server of a checkout on a new installation, uses it as devices and people do, and ends it.
 *
 * @param {string} checkout of this version or another one
 * @param {readonly string[]} where the options that name the installation
 */
export async function fillInstallation(checkout, where) {
  const program = join(checkout, 'packages/server/src/main.ts')
  const server = spawn(process.execPath, [program, 'serve', '--port', '0', '--host', '127.0.0.1', ...where], {
    env: { ...process.env, SENIO_ADMIN_EMAIL: PERSON.email, SENIO_ADMIN_PASSWORD: PERSON.password },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => server.on('exit', resolve))
  try {
    const url = await new Promise((found, failed) => {
      server.stdout.on('data', (text) => {
        const address = /http:\/\/localhost:\d+/.exec(String(text))
        if (address !== null) found(address[0])
      })
      server.on('exit', () => failed(new Error('The server ended.')))
    })
    await use(url)
  } finally {
    server.kill('SIGTERM')
    await ended
  }
}

async function use(url) {
  const json = { 'content-type': 'application/json', origin: url }
  const signedIn = await post(`${url}/api/v1/session`, json, PERSON)
  const cookie = signedIn.headers.getSetCookie()[0].split(';')[0]
  const api = { ...json, cookie }
  const fields = [
    { name: 'temp', type: 'scalar', unit: 'celsius' },
    { name: 'open', type: 'boolean', unit: '' },
    { name: 'place', type: 'location', unit: '' },
    { name: 'cam', type: 'image', unit: '' },
  ]
  const sensor = await (await post(`${url}/api/v1/sensors`, api, { name: 'rpi', fields })).json()
  const key = { authorization: `Bearer ${sensor.key}` }
  const device = { ...key, 'content-type': 'application/json' }
  const publish = (body) => post(`${url}/publish/rpi`, device, body)
  await publish(
    Array.from({ length: 50 }, (_, n) => ({
      timestamp: START + n * (HOUR / 10) + 0.25,
      data: { temp: 20 + (n % 7) / 4, open: n % 3 === 0 },
    })),
  )
  await publish({ timestamp: START + 1, data: { place: { lat: 52.5, lon: 13.4 } }, tags: ['first', 'märz'] })
  await publish({ timestamp: START - HOUR, data: { temp: -1.5 }, tags: { run: 7, ok: true } })
  await publish({ timestamp: START - HOUR, data: { temp: -2.5 } })
  await post(
    `${url}/publish/rpi?field=cam&timestamp=${START + HOUR}`,
    { ...key, 'content-type': 'image/png' },
    Buffer.from(PICTURE, 'base64'),
  )
  // What a version doesn't have yet, its data doesn't hold.
  await post(`${url}/api/v1/sensors/rpi/notes`, api, { from: START, text: 'moved to the window' }, [404])
  const panels = [{ columns: 12, rows: 8, fields: [{ sensor: 'rpi', field: 'temp' }] }]
  await post(`${url}/api/v1/views`, api, { name: 'home', panels }, [404])
  // Until the thumb is made.
  await new Promise((rest) => setTimeout(rest, 2000))
}

async function post(url, headers, body, allowed = []) {
  const answer = await fetch(url, {
    method: 'POST',
    headers,
    body: Buffer.isBuffer(body) ? body : JSON.stringify(body),
  })
  if (answer.ok || allowed.includes(answer.status)) return answer
  throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
}
