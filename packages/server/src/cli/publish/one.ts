import { resolve } from 'node:path'
import type { ImageBytes, Publisher } from '@senio/client'
import { type FieldValue, SenioError } from '@senio/protocol'
import type { FieldsJson } from '@senio/protocol/api'
import type { CommandResult } from '../command.ts'
import type { CliIo } from '../io.ts'
import { table } from '../table.ts'
import { shellQuote, time } from '../words.ts'
import { readNamedFile } from './read-file.ts'
import { parseTagTexts } from './tag-texts.ts'
import { parseTimestampText } from './timestamp-text.ts'
import { isFileType, parseValueText } from './value-texts.ts'

export interface OneMeasurement {
  readonly io: CliIo
  /** `FIELD=VALUE`. */
  readonly args: readonly string[]
  readonly options: {
    /** `FIELD=FILE`. */
    readonly image: readonly string[]
    readonly timestamp: string | undefined
    readonly tag: readonly string[]
  }
}

/**
 * Publishes what stands on the command line as one measurement; nothing there: checks address and key.
 * @throws SenioError, ProblemError
 */
export async function publishOne(
  { io, args, options }: OneMeasurement,
  publisher: Publisher,
): Promise<CommandResult> {
  const { signal } = io
  // Settled first: the question for the types takes its time.
  const timestamp = options.timestamp === undefined ? io.clock() : parseTimestampText(options.timestamp)
  const sensor = await publisher.check({ signal })
  if (args.length === 0 && options.image.length === 0) return { json: sensor, text: sensorText(sensor) }

  const data: Record<string, FieldValue> = {}
  const images: Record<string, ImageBytes> = {}
  const files = options.image.map((text) => splitImage(text, sensor.fields))
  for (const [name, text] of [...args.map(splitValue), ...files]) {
    const type = typeOf(name, sensor.fields)
    if (name in data || name in images) throw givenTwice(name)
    if (isFileType(type)) images[name] = await readNamedFile(resolve(io.directory, text))
    else data[name] = parseValueText(name, type, text)
  }
  const published = await publisher.publish(
    { timestamp, data, images, tags: parseTagTexts(options.tag) },
    { signal },
  )
  const rows = Object.entries(published.data).map(([name, value]) => [
    `  ${name}`,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
    sensor.fields[name]?.unit ?? '',
  ])
  return {
    json: published,
    text: `Published to "${sensor.name}" at ${time(published.timestamp)}:\n${table(rows)}`,
  }
}

type Given = readonly [name: string, value: string]

function splitValue(text: string): Given {
  const given = splitAtEquals(text)
  if (given !== null) return given
  throw new SenioError('parameter-invalid', `"${text}" is not FIELD=VALUE, for example temp=22.5.`)
}

function splitImage(text: string, fields: FieldsJson): Given {
  const given = splitAtEquals(text)
  if (given !== null) return given
  const names = Object.keys(fields).filter((name) => isFileType(typeOf(name, fields)))
  const [first = 'FIELD'] = names
  throw new SenioError(
    'parameter-invalid',
    `"--image ${text}" doesn't say for which field: write --image ${shellQuote(`${first}=${text}`)}. ` +
      (names.length === 0
        ? 'The sensor has no image field yet.'
        : `The image fields are ${names.join(', ')}.`),
    { field: 'image' },
  )
}

function splitAtEquals(text: string): Given | null {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  return name === undefined || value === undefined ? null : [name.normalize('NFC'), value]
}

function typeOf(name: string, fields: FieldsJson) {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (field !== undefined) return field.type
  const names = Object.keys(fields)
  throw new SenioError(
    'unknown-field',
    `The sensor has no field "${name}". ${names.length === 0 ? 'It has none yet.' : `Its fields are ${names.join(', ')}.`}`,
    { field: name },
  )
}

function givenTwice(name: string): SenioError {
  return new SenioError('parameter-invalid', `"${name}" is given twice.`, { field: name })
}

function sensorText(sensor: { readonly name: string; readonly fields: FieldsJson }): string {
  const rows = Object.entries(sensor.fields).map(([name, { type, unit }]) => [name, type, unit])
  return [
    `Address and key are right: this is the sensor "${sensor.name}".`,
    ...(rows.length === 0 ? ['It has no fields yet.'] : ['', table([['FIELD', 'TYPE', 'UNIT'], ...rows])]),
  ].join('\n')
}
