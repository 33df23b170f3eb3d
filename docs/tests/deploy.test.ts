import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { environmentName } from '../../packages/server/src/config/setting.ts'
import { settings } from '../../packages/server/src/config/settings.ts'

const read = (name: string) => readFileSync(new URL(`../../deploy/${name}`, import.meta.url), 'utf8')

const files = [
  'Dockerfile',
  'compose.yaml',
  'compose.cluster.yaml',
  'systemd/senio.service',
  'kubernetes/senio.yaml',
]

const known: ReadonlySet<string> = new Set(Object.values(settings).map(({ flag }) => environmentName(flag)))

test.each(files)('%s sets variables that exist, and no other', (file) => {
  const names = read(file).match(/\bSENIO_[A-Z0-9_]+/g) ?? []
  expect(names.length).toBeGreaterThan(0)
  expect(names.filter((name) => !known.has(name))).toStrictEqual([])
})

function namesOf(matches: Iterable<RegExpMatchArray>): readonly string[] {
  return [...new Set([...matches].map(([, name = '']) => name))].toSorted()
}

test('what the cluster asks of its environment is what the example explains', () => {
  const asked = read('compose.cluster.yaml').matchAll(/\$\{(\w+):[?-]\}/g)
  const explained = read('cluster.env.example').matchAll(/^(\w+)=/gm)
  expect(namesOf(explained)).toStrictEqual(namesOf(asked))
})

interface Compose {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly image: string
        readonly read_only?: boolean
        readonly networks?: readonly string[] | Readonly<Record<string, { readonly ipv4_address: string }>>
        readonly extra_hosts?: readonly string[]
        readonly volumes?: readonly string[]
        readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>
      }
    >
  >
  readonly networks?: Readonly<Record<string, unknown>>
  readonly volumes: Readonly<Record<string, unknown>>
}

/** Of a list, or of an object by its keys. */
const namesIn = (given: readonly string[] | Readonly<Record<string, unknown>> = []): readonly string[] =>
  Array.isArray(given) ? given.map(String) : Object.keys(given)

const readCompose = (file: string) => parse(read(file), { merge: true }) as Compose

test.each(['compose.yaml', 'compose.cluster.yaml'])(
  '%s names services, networks and volumes that it has',
  (file) => {
    const { services, networks = {}, volumes } = readCompose(file)
    for (const service of Object.values(services)) {
      if (service.image === 'senio') expect(service.read_only).toBe(true)
      expect(Object.keys(services)).toStrictEqual(expect.arrayContaining([...namesIn(service.depends_on)]))
      expect(Object.keys(networks)).toStrictEqual(expect.arrayContaining([...namesIn(service.networks)]))
      const named = (service.volumes ?? []).map((volume) => volume.split(':')[0] ?? '')
      const ours = named.filter((name) => !name.startsWith('.'))
      expect(Object.keys(volumes)).toStrictEqual(expect.arrayContaining(ours))
      for (const path of named.filter((name) => name.startsWith('./')))
        expect(read(path.slice(2))).not.toBe('')
    }
  },
)

test('nginx asks every node of the cluster', () => {
  const { services } = readCompose('compose.cluster.yaml')
  const nodes = Object.keys(services).filter((name) => name.startsWith('senio-'))
  // It knows them by the addresses that they have, whether or not they are there when it starts.
  const addresses = nodes.map((name) => {
    const networks = services[name]?.networks ?? {}
    return `${name}:${'inside' in networks ? networks.inside.ipv4_address : ''}`
  })
  expect(services['nginx']?.extra_hosts).toStrictEqual(addresses)
  const upstreams = [...read('nginx/senio.conf').matchAll(/^upstream .*?^\}/gms)].map(
    ([upstream]) => upstream,
  )
  expect(upstreams).toHaveLength(2)
  for (const upstream of upstreams) {
    const asked = [...upstream.matchAll(/server ([\w-]+):8080/g)].map(([, name]) => name)
    expect(asked).toStrictEqual(nodes)
  }
})

test('Kubernetes gets objects of which each has a name, and pods that may do nothing they need not', () => {
  const documents = parseAllDocuments(read('kubernetes/senio.yaml'))
  expect(documents.flatMap(({ errors }) => errors)).toStrictEqual([])
  const objects = documents.map(
    (document) => document.toJS() as { readonly kind: string; readonly metadata: { readonly name: string } },
  )
  for (const { metadata } of objects) expect(metadata.name).toBe('senio')
  expect(objects.map(({ kind }) => kind)).toStrictEqual([
    'Secret',
    'Deployment',
    'Service',
    'PodDisruptionBudget',
    'Ingress',
  ])
  const pod = JSON.stringify(objects[1])
  // Kubernetes would put a variable SENIO_PORT into each pod, for the Service of that name.
  for (const wanted of [
    '"enableServiceLinks":false',
    '"runAsNonRoot":true',
    '"readOnlyRootFilesystem":true',
    '"drop":["ALL"]',
    '/readyz',
  ]) {
    expect(pod).toContain(wanted)
  }
})

test('pictures of the size that is allowed by default pass every proxy', () => {
  const limits = ['nginx/senio.conf', 'kubernetes/senio.yaml', '../docs/guide/running.md'].map((file) =>
    Number(/body[_-]size:? (\d+)m/.exec(read(file))?.[1]),
  )
  expect(new Set(limits).size).toBe(1)
  for (const mebibytes of limits) {
    expect(mebibytes * 1024 * 1024).toBeGreaterThan(Number(settings.maxImageBytes.fallback))
  }
})

test('every nginx sets the same headers, for one server or several', () => {
  const headers = ['nginx/senio.conf', '../docs/guide/running.md'].map((file) =>
    [...read(file).matchAll(/proxy_set_header ((?:Host|X-)\S* \S+);/g)].map(([, header]) => header),
  )
  expect(headers[0]).toHaveLength(4)
  expect(headers[1]).toStrictEqual(headers[0])
})

test('the image copies the manifest of every package, and builds with the scripts that there are', () => {
  const dockerfile = read('Dockerfile')
  const { workspaces } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly workspaces: readonly string[]
  }
  for (const path of workspaces) {
    expect(dockerfile.split(`COPY ${path}/package.json ${path}/`)).toHaveLength(3)
  }
  for (const [, path = ''] of dockerfile.matchAll(/npm run build --workspace (\S+)/g)) {
    const manifest = JSON.parse(
      readFileSync(new URL(`../../${path}/package.json`, import.meta.url), 'utf8'),
    ) as { readonly scripts: object }
    expect(manifest.scripts).toHaveProperty('build')
  }
})
