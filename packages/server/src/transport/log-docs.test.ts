import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { logEvent, logEvents, logFields } from './log-events.ts'

const INTRODUCTION = `# The log

One JSON document a line on standard error, and nowhere else: where it goes, how long it is kept and who may read it is the
supervisor's (\`journalctl -u senio\`, \`docker logs\`). Lines are made by a serialiser: nothing that a client sends can end
one, or begin another.

Each line has \`level\` (30 info, 40 warn, 50 error, 60 fatal), \`time\` (ms since the epoch, UTC) and \`msg\`; Senio's own have
\`event\`, too. Lines about a request have \`reqId\`, which is different for each start and node: eight digits of the start,
then the number of the request; as soon as it is known who asks, they have their \`account\`. No line holds a password, a
key, a token, an e-mail address that somebody typed, an address of a page, or a name. Lines without \`event\`, such as
"Server listening", are the HTTP library's.

[\`--log-level\`](settings.md) is \`warn\` by default: then the server says only what somebody has to look after, and the rest
costs nothing. For the security events below start it with \`--log-level info\`. Answers as such are not logged, they are
[counted](operations.md#metrics).

`

const BOUNDS = `
## What is refused

\`refused\` is written for failed authorisation (\`not-signed-in\`, \`key-refused\`, \`not-allowed\`, \`wrong-origin\`,
\`setup-refused\`; \`not-found\` where somebody who is signed in asks for what isn't theirs, or isn't there), for what goes
beyond limits (\`rate-limited\`, \`limit-reached\`), and for input that devices and browsers don't send by mistake: requests
that could be read in two ways, parameters that the web app never sends, bombs. Which codes these are is in
[refusal-log.ts](../packages/server/src/transport/http/refusal-log.ts). Other refusals are mistakes of devices, and are
counted only.

A stranger can't fill a disk with them. In a minute a client (an IPv4 address, or an IPv6 network of 64 bits) gets 10 lines
for each code, and all together get 100; the rest is added up, and told by at most 100 lines \`refused-more\` for clients and
one for each code for all others. Under attack that is some 30 MB a day for a node.

The use of keys and tokens is written once a day for each network that they are used from, at most ten.
`

function docs(): string {
  const fields = Object.entries(logFields).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`)
  const rows = Object.entries(logEvents).map(
    ([name, { level, message, when, fields: said }]) =>
      `| \`${name}\` | ${level} | ${message} | ${when} | ${said.map((field) => `\`${field}\``).join(', ')} |`,
  )
  return [
    INTRODUCTION,
    '## Events\n\n| event | level | msg | when | fields |\n| --- | --- | --- | --- | --- |\n',
    `${rows.join('\n')}\n\n`,
    `| field | meaning |\n| --- | --- |\n${fields.join('\n')}\n`,
    BOUNDS,
  ].join('')
}

it('is what docs/logging.md says (update it with vitest --update)', async () => {
  await expect(docs()).toMatchFileSnapshot('../../../../docs/logging.md')
})

const SOURCES = fileURLToPath(new URL('../', import.meta.url))
const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|log-events\.ts$/.test(path))
  .map((path) => ({ path, text: readFileSync(SOURCES + path, 'utf8') }))

it('has no lines but the declared ones', () => {
  const undeclared = sources.filter(({ text }) =>
    /\blog(?:ger)?(?:\(\))?\s*\.(?:trace|debug|info|warn|error|fatal)\(/.test(text),
  )
  expect(undeclared.map(({ path }) => path)).toEqual([])
})

it('has every declared line', () => {
  const code = sources.map(({ text }) => text).join('\n')
  const written = new Set([...code.matchAll(/logEvent\([^']*'([a-z-]+)'/g)].map(([, name]) => name))
  expect(Object.keys(logEvents).filter((name) => !written.has(name))).toEqual([])
})

it('leaves out what is not known, and ends a line nowhere else than at its end', () => {
  const lines: string[] = []
  const log = pino({ base: null, level: 'info' }, { write: (line: string) => void lines.push(line) })
  logEvent(log, 'key-used', { key: 5, sensor: undefined, client: '::1\n{"level":60}' })
  expect(lines).toHaveLength(1)
  expect(lines[0]?.indexOf('\n')).toBe((lines[0]?.length ?? 0) - 1)
  const { time: _, ...said } = JSON.parse(lines[0] ?? '') as Record<string, unknown>
  expect(said).toEqual({
    level: 30,
    event: 'key-used',
    key: 5,
    client: '::1\n{"level":60}',
    msg: 'device key used',
  })
})
