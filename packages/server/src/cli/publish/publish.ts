import { resolve } from 'node:path'
import { createPublisher, type Publisher } from '@senio/client'
import { fieldFormat, SenioError } from '@senio/protocol'
import { z } from 'zod'
import { type CommandContext, type CommandResult, defineCommand } from '../command.ts'
import type { CliIo } from '../io.ts'
import {
  fromVariable,
  listOption,
  requiredOption,
  switchOption,
  textOption,
  wholeOption,
} from '../options.ts'
import { count, time } from '../words.ts'
import { publishLines } from './lines.ts'
import { publishOne } from './one.ts'
import { SentFiles } from './sent-files.ts'
import { watchDirectory } from './watch.ts'

const options = {
  url: fromVariable('SENIO_PUBLISH_URL', {
    ...requiredOption('url', 'URL', "the sensor's publish address, http://HOST:8080/publish/NAME"),
    schema: z
      .string('is missing')
      .regex(/^https?:\/\//i, 'needs http:// or https:// before it')
      .refine((url) => URL.canParse(url), 'is no address'),
  }),
  key: fromVariable(
    'SENIO_PUBLISH_KEY',
    requiredOption(
      'key',
      'KEY',
      "the sensor's device key; safer in the environment than on the command line",
    ),
  ),
  image: listOption(
    'image',
    'FIELD=FILE',
    'a picture (JPEG, PNG, WebP) for an image field; repeat it for more',
  ),
  timestamp: textOption(
    'timestamp',
    'TIME',
    'when it was measured: milliseconds since the epoch or 2026-11-23T16:05:00Z; now when absent',
  ),
  tag: listOption('tag', 'TAG', 'a tag, WORD or KEY=VALUE; repeat it for more'),
  watch: textOption('watch', 'DIR', 'publish each new picture of a directory, once, until it is stopped'),
  field: textOption(
    'field',
    'FIELD',
    'with --watch: the image field; may be absent if the sensor has just one',
  ),
  once: switchOption('once', 'with --watch: publish what is there, then end'),
  interval: wholeOption(
    'interval',
    'SECONDS',
    2,
    [1, 3600],
    'with --watch: seconds between two looks; a file that stayed the same for that long is complete',
  ),
  state: textOption(
    'state',
    'FILE',
    'with --watch: where to remember what was published; DIR/.senio-published when absent',
  ),
  deleteAfter: switchOption('delete-after', 'with --watch: delete each picture once it is on the server'),
  moveTo: textOption('move-to', 'DIR', 'with --watch: move each picture there once it is on the server'),
} as const

type Context = CommandContext<typeof options>

export const publishCommand = defineCommand({
  path: 'publish',
  summary: 'publish measurements and pictures, as a device does',
  description:
    'Values are FIELD=VALUE: numbers, true/false or on/off, locations as LAT,LON. Without any it only checks address ' +
    'and key. "-" reads measurements from standard input, one JSON object a line: {"timestamp": 1474383378795, ' +
    '"data": {"temp": 22.5}}.\n\nWith --watch a picture gets the time at which the camera took it (EXIF), or else ' +
    'the time of the file. While the server is busy or out of reach it is tried again: nothing can be stored twice.',
  args: [{ name: '[values...]', help: 'FIELD=VALUE, or - for standard input' }],
  options,
  examples: [
    [
      'address and key for what follows',
      'export SENIO_PUBLISH_URL=http://localhost:8080/publish/greenhouse SENIO_PUBLISH_KEY=…',
    ],
    ['numbers, a state, a place', 'senio publish temp=22.5 door=on pos=52.52,13.4'],
    ['a picture beside them', 'senio publish temp=22.5 --image cam1=earth.jpg'],
    ['a directory that a camera writes to', 'senio publish --watch /var/lib/camera --field cam1'],
    ['whatever a program prints', 'my-sensor | senio publish -'],
  ],
  async run(context) {
    const { io, options: given } = context
    const publisher = createPublisher({
      url: given.url,
      key: given.key,
      retry: {
        ...(given.watch === undefined || given.once ? {} : { attempts: Infinity }),
        onRetry: (problem, wait) =>
          io.stderr.write(`senio: ${problem.detail} Trying again in ${Math.ceil(wait / 1000)} s.\n`),
      },
    })
    if (given.watch !== undefined) return await runWatch(context, publisher, given.watch)
    if (context.args.length === 1 && context.args[0] === '-') return await runLines(io, publisher)
    return await publishOne(context, publisher)
  },
})

async function runLines(io: CliIo, publisher: Publisher): Promise<CommandResult> {
  const published = await publishLines(io.stdin, publisher, { signal: io.signal })
  return { json: { published }, text: `Published ${count(published, 'measurement')}.` }
}

async function runWatch({ io, options: given, args, json }: Context, publisher: Publisher, watch: string) {
  if (args.length > 0 || given.image.length > 0) {
    throw new SenioError(
      'parameter-invalid',
      '--watch publishes the pictures of a directory and nothing else.',
    )
  }
  const { signal } = io
  const directory = resolve(io.directory, watch)
  const field = given.field ?? (await onlyImageField(publisher, signal))
  const state = given.state ?? `${directory}/.senio-published`
  const sent = await SentFiles.load(resolve(io.directory, state), `${given.url}#${field}`)
  const summary = await watchDirectory({
    directory,
    field,
    publisher,
    sent,
    signal,
    once: given.once,
    interval: given.interval * 1000,
    afterwards: given.deleteAfter
      ? 'delete'
      : given.moveTo === undefined
        ? 'keep'
        : { moveTo: resolve(io.directory, given.moveTo) },
    onPublished(name, timestamp) {
      if (!json) io.stdout.write(`${name}  ${time(timestamp)}\n`)
    },
    onRefused: (name, problem) => io.stderr.write(`senio: ${name} was refused: ${problem.detail}\n`),
  })
  return {
    json: summary,
    text: `Published ${count(summary.published, 'picture')}${summary.refused > 0 ? `; ${summary.refused} refused` : ''}.`,
    exitCode: summary.refused > 0 ? (1 as const) : (0 as const),
  }
}

async function onlyImageField(publisher: Publisher, signal: AbortSignal): Promise<string> {
  const { fields } = await publisher.check({ signal })
  const images = Object.entries(fields).flatMap(([name, { type }]) =>
    fieldFormat(type).isFile ? [name] : [],
  )
  const [only] = images
  if (only !== undefined && images.length === 1) return only
  throw new SenioError(
    'parameter-invalid',
    images.length === 0
      ? 'The sensor has no image field. Add one first.'
      : `The sensor has several image fields: say which with --field, one of ${images.join(', ')}.`,
    { field: 'field' },
  )
}
