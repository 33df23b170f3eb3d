import type { LoadJob, LoadResult } from '../load/job.ts'
import { type Query, queryJob } from '../load/query.ts'
import type { RequestTemplate, Times } from '../load/template.ts'
import { processorTimeOf } from '../machine/process-tree.ts'
import { PostgreSql } from '../peers/postgresql.ts'
import type { Run } from '../run.ts'
import { Cluster, type NodesSubject } from '../senio/cluster.ts'
import { withBucket } from '../peers/object-store.ts'
import { Senio } from '../senio/senio.ts'
import type { MeasureName } from './catalogue.ts'
import { pictureTemplate } from './picture.ts'
import { sendOnce, type WritableSubject, Writer } from './writer.ts'

const DAY = 86_400_000
const MINUTE = 60_000

/** Devices that publish at once. */
const CONNECTIONS = 64
/** As in `batches`. */
const BATCH = 5000
const BATCH_CONNECTIONS = 3

const SENSORS = [
  ['sensors-10', 10],
  ['sensors-100', 100],
  ['sensors-1000', 1000],
  ['sensors-10000', 10_000],
] as const

/** Times that a node meets a sensor before it knows it. */
const MEETINGS = 3

/** Sensors whose measurements are counted in processor time. */
const COST_SENSORS = 100
const PICTURES = 200

/** Between the measurements that different databases are sent, in ms. */
const APART = 20 * DAY
/** Where those begin of which the processor time is taken. */
const COSTS = 50 * DAY

/** A program to be written to, where its measurements begin, and what it is sent. */
interface Contestant {
  readonly name: WritableSubject['name']
  readonly subject: WritableSubject
  readonly ports: readonly number[]
  readonly single: RequestTemplate
  readonly batch: RequestTemplate
  /** The same for those that share one: what they send goes on in time, as what devices send does. */
  readonly database: unknown
  readonly first: number
}

/**
 * One, two and three nodes on one PostgreSQL, beside the embedded profile and what that PostgreSQL itself takes. They
 * all share the cores of this machine, so that more nodes don't mean more of anything but waiting done side by side.
 */
export async function measureNodes(run: Run): Promise<void> {
  const postgres = await run.tryPeer('postgresql', () => PostgreSql.start(run.bench))
  const embedded = await Cluster.start(run.bench, 1, null)
  const cluster = postgres === null ? null : await Cluster.start(run.bench, 3, postgres)
  if (postgres !== null) await sendOnce(run.load, postgres, postgres.createTable())
  await Promise.all([embedded.ensureSensors(10), cluster?.ensureSensors(10)])

  const own = run.introduce(embedded.subject('senio', 1, 'as it comes, but for publish-rate'))
  const nodes =
    cluster === null
      ? []
      : ([1, 2, 3] as const).map((count) =>
          run.introduce(cluster.subject(`nodes-${count}`, count, 'as the other, on the same PostgreSQL')),
        )
  const now = Date.now()
  const contestants: Contestant[] = [own, ...nodes].map((subject) => {
    const of = subject === own || cluster === null ? embedded : cluster
    return {
      name: subject.name,
      subject,
      ports: subject.ports,
      single: of.publishOne()[0] ?? of.publishMany(1),
      batch: of.publishMany(BATCH),
      database: of,
      first: now - 2 * APART,
    }
  })
  if (postgres !== null) {
    contestants.push({
      name: 'postgresql',
      subject: postgres,
      ports: [postgres.port],
      single: postgres.insertOne(),
      batch: postgres.copy(BATCH),
      database: postgres,
      first: now - 3 * APART,
    })
  }
  await ingest(run, 'nodes-single', contestants, CONNECTIONS, ({ single }) => [single])
  await ingest(run, 'nodes-batches', contestants, BATCH_CONNECTIONS, ({ batch }) => [batch])
  await Promise.all([embedded.ensureSensors(COST_SENSORS), cluster?.ensureSensors(COST_SENSORS)])
  const all: readonly (readonly [NodesSubject, Cluster])[] = [
    [own, embedded],
    ...(cluster === null ? [] : nodes.map((subject) => [subject, cluster] as const)),
  ]
  const divided = all.filter(([{ ports }]) => ports.length > 1)
  const next = new Map<Cluster, number>()
  await costs(run, postgres, all, COST_MEASURES.together, next)
  await costs(run, postgres, divided, COST_MEASURES.divided, next)
  await costOfPictures(run, 'cost-picture', {})
  await withBucket(run, (bucket) => costOfPictures(run, 'cost-picture-bucket', bucket))
  await queries(run, embedded, cluster, { own, nodes })
  await costs(run, postgres, all.slice(0, 2), COST_MEASURES.later, next)
  await growth(run, embedded, cluster, { own, nodes })
}

/** Where the costs of a measurement go. */
interface CostMeasures {
  readonly nodes: MeasureName
  readonly database: MeasureName
  /** Bytes that PostgreSQL writes and keeps; absent where they aren't asked for. */
  readonly bytes?: { readonly log: MeasureName; readonly tables: MeasureName }
  /** Whether each sensor publishes to one of the nodes only. */
  readonly isDivided: boolean
}

const COST_MEASURES = {
  together: {
    nodes: 'cost-single',
    database: 'cost-single-database',
    bytes: { log: 'cost-single-log', tables: 'cost-single-tables' },
    isDivided: false,
  },
  divided: { nodes: 'cost-divided', database: 'cost-divided-database', isDivided: true },
  /** Where years of minutes were loaded meanwhile. */
  later: { nodes: 'cost-later', database: 'cost-later-database', isDivided: false },
} as const satisfies Readonly<Record<string, CostMeasures>>

/**
 * What a measurement of many sensors takes of the programs, whatever else the machine has to do.
 * @param next numbers of the next requests
 */
async function costs(
  run: Run,
  postgres: PostgreSql | null,
  subjects: readonly (readonly [NodesSubject, Cluster])[],
  measures: CostMeasures,
  next: Map<Cluster, number>,
): Promise<void> {
  const first = Date.now() - COSTS
  const spent = async (of: Cluster) => ({
    nodes: processorTimeOf(of.processes) * 1000,
    database: processorTimeOf(postgres?.program.processes ?? []) * 1000,
    ...((await postgres?.written()) ?? { log: 0, tables: 0 }),
  })
  for (const [subject, of] of subjects) {
    const before = await spent(of)
    const result = await run.load.run({
      protocol: 'http',
      port: subject.port,
      ports: subject.ports,
      connections: CONNECTIONS,
      templates: of.publishOne(COST_SENSORS),
      isDivided: measures.isDivided,
      times: { first, step: 1 },
      firstNumber: next.get(of) ?? 0,
      limit: { seconds: Math.max(3, run.extent.seconds) },
    })
    next.set(of, result.nextNumber)
    const now = await spent(of)
    const note = (measure: MeasureName, what: keyof typeof now): void =>
      run.figures.add(measure, subject.name, (now[what] - before[what]) / result.measurements)
    note(measures.nodes, 'nodes')
    if (subject.name === 'senio') continue
    note(measures.database, 'database')
    if (measures.bytes === undefined) continue
    note(measures.bytes.log, 'log')
    note(measures.bytes.tables, 'tables')
  }
}

/** Processor time for a picture, until its thumb and preview are made. */
async function costOfPictures(
  run: Run,
  measure: MeasureName,
  storage: Readonly<Record<string, string>>,
): Promise<void> {
  const senio = await Senio.start(run.bench, ['cam1:image'], storage)
  const writer = new Writer(senio, senio.publishPicture(await pictureTemplate()), {
    first: Date.now() - 365 * DAY,
    step: 1000,
  })
  // The processes that decode are started by the first.
  await writer.write(run.load, 1, { seconds: 5, requests: 5 })
  await run.settle([senio])
  const before = processorTimeOf(senio.program.processes)
  await writer.write(run.load, 8, { seconds: 30, requests: PICTURES })
  await run.settle([senio])
  const spent = processorTimeOf(senio.program.processes) - before
  run.figures.add(measure, 'senio', (spent * 1000) / PICTURES)
  await senio.program.stop()
}

/**
 * Puts down measurements a second.
 * @param first requests that aren't counted, before the others: sensors are met for the first time only once
 * @param next numbers of the next request to each database, where several calls go on with the same
 */
async function ingest<Kind extends Contestant>(
  run: Run,
  measure: MeasureName,
  contestants: readonly Kind[],
  connections: number,
  templates: (contestant: Kind) => readonly RequestTemplate[],
  first = 0,
  next = new Map<unknown, number>(),
): Promise<void> {
  const send = async (contestant: Kind, limit: LoadJob['limit']): Promise<LoadResult> => {
    const { subject, ports } = contestant
    // Each measure has days of its own.
    const times: Times = { first: contestant.first + offsets.indexOf(measure) * 2 * DAY, step: 1 }
    const result = await run.load.run({
      protocol: subject.protocol ?? 'http',
      port: subject.port,
      ports,
      connections,
      templates: templates(contestant),
      times,
      firstNumber: next.get(contestant.database) ?? 0,
      limit,
    })
    next.set(contestant.database, result.nextNumber)
    return result
  }
  if (first > 0)
    for (const contestant of contestants) await send(contestant, { seconds: 600, requests: first })
  await run.alternate(measure, contestants, async (contestant, seconds) => {
    const { measurements, seconds: taken } = await send(contestant, { seconds })
    return measurements / taken
  })
}

const offsets: readonly MeasureName[] = ['nodes-single', 'nodes-batches', ...SENSORS.map(([name]) => name)]

interface Subjects {
  readonly own: NodesSubject
  readonly nodes: readonly NodesSubject[]
}

/** Graphs over more and more of the same history. */
async function queries(
  run: Run,
  embedded: Cluster,
  cluster: Cluster | null,
  { own, nodes }: Subjects,
): Promise<void> {
  const end = Math.floor((Date.now() - 400 * DAY) / MINUTE) * MINUTE
  const days = Math.floor(run.extent.days / 3) * 3
  const batch = (3 * DAY) / MINUTE
  const [first] = nodes
  for (const [of, subject] of [[embedded, own] as const, [cluster, first] as const]) {
    if (of === null || subject === undefined) continue
    run.bench.say(`  loading ${days} days of minutes into ${subject.name}`)
    await run.load.run({
      protocol: 'http',
      port: subject.port,
      connections: 1,
      templates: [of.publishMany(batch)],
      times: { first: end - days * DAY, step: MINUTE },
      firstNumber: 0,
      limit: { seconds: 600, requests: days / 3 },
    })
  }
  const subjects = [own, ...(first === undefined ? [] : [first])]
  const ask = async (
    measure: MeasureName,
    query: (of: Cluster) => Query,
    connections: number,
    asked: readonly NodesSubject[],
  ): Promise<void> => {
    await run.alternate(measure, asked, async (subject, seconds) => {
      const of = subject === own || cluster === null ? embedded : cluster
      const job = queryJob(subject, [query(of)], { connections, seconds })
      const result = await run.load.run({ ...job, ports: subject.ports })
      return connections === 1 ? result.latency.p50 : result.requests / result.seconds
    })
  }
  const graph = (length: number, points: number) => (of: Cluster) =>
    of.buckets({ from: end - length * DAY, to: end }, points)
  await ask('nodes-day', graph(1, 10_000), 1, subjects)
  await ask('nodes-year', graph(365, 1000), 1, subjects)
  if (days > 3650) await ask('nodes-ten-years', graph(3650, 1000), 1, subjects)
  await ask('nodes-latest', (of) => of.latest(), 1, subjects)
  await ask('nodes-year-16', graph(365, 1000), 16, [own, ...nodes])
}

/** The same rate of single measurements spread over more and more sensors. */
async function growth(
  run: Run,
  embedded: Cluster,
  cluster: Cluster | null,
  { own, nodes }: Subjects,
): Promise<void> {
  const asked = [own, ...nodes.filter(({ name }) => name !== 'nodes-2')]
  const now = Date.now()
  for (const [measure, count] of SENSORS) {
    // Making them takes longer than all else.
    if (count > 1000 && run.extent.rounds === 1) continue
    run.bench.say(`  making ${count} sensors`)
    await Promise.all([embedded.ensureSensors(count), cluster?.ensureSensors(count)])
    const templates = new Map(
      [embedded, ...(cluster === null ? [] : [cluster])].map((of) => [of, of.publishOne(count)] as const),
    )
    const contestants = asked.map((subject) => {
      const of = subject === own || cluster === null ? embedded : cluster
      const all = templates.get(of) ?? []
      const [single = of.publishMany(1)] = all
      const { name, ports } = subject
      return { name, subject, ports, single, batch: single, database: of, first: now - 2 * APART, all }
    })
    const next = new Map<unknown, number>()
    const isAlone = ({ ports }: (typeof contestants)[number]): boolean => ports.length === 1
    // One after another: nodes that take turns don't keep what they know of sensors.
    for (const some of [contestants.filter(isAlone), contestants.filter((one) => !isAlone(one))]) {
      await ingest(run, measure, some, CONNECTIONS, ({ all }) => all, MEETINGS * count, next)
    }
  }
}
