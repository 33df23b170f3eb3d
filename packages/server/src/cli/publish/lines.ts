import type { OutgoingMeasurement, PublishCallOptions, Publisher } from '@senio/client'
import { ProblemError } from '@senio/client'
import { SenioError } from '@senio/protocol'

/** Most lines, and about most characters, in one request. */
const BATCH_LINES = 1000
const BATCH_CHARACTERS = 2_000_000

type Measurement = Omit<OutgoingMeasurement, 'images'>

/**
 * Publishes measurements that come as JSON lines, in batches of what is there: at the latest when the input
 * pauses or ends. A JSON array is taken, too.
 * @returns how many were published
 * @throws SenioError `malformed-json` and ProblemError, naming the line; what came before it is published
 */
export async function publishLines(
  input: AsyncIterable<Uint8Array>,
  publisher: Publisher,
  options: PublishCallOptions,
): Promise<number> {
  let published = 0
  let batch: Measurement[] = []
  let characters = 0
  let firstLine = 1

  async function send(): Promise<void> {
    if (batch.length === 0) return
    try {
      const { accepted } = await publisher.publishMany(batch, options)
      published += accepted
    } catch (error) {
      throw error instanceof ProblemError ? atLine(error, firstLine, published) : error
    }
    firstLine += batch.length
    batch = []
    characters = 0
  }

  for await (const lines of completeLines(input)) {
    for (const line of lines) {
      const measurements = parseLine(line, firstLine + batch.length)
      for (const measurement of measurements) {
        batch.push(measurement)
        if (batch.length >= BATCH_LINES) await send()
      }
      characters += line.length
      if (characters >= BATCH_CHARACTERS) await send()
    }
    await send()
  }
  return published
}

/** The complete, non-blank lines of each chunk; at the end what is left. */
async function* completeLines(input: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder('utf-8')
  let rest = ''
  for await (const chunk of input) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield lines.filter((line) => line.trim() !== '')
  }
  rest += decoder.decode()
  if (rest.trim() !== '') yield [rest]
}

function parseLine(line: string, number: number): readonly Measurement[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(line)
  } catch (cause) {
    throw new SenioError(
      'malformed-json',
      `Measurement ${number} of the input is not JSON. Each line holds one measurement, like {"data": {"temp": 22.5}}.`,
      { index: number - 1, cause },
    )
  }
  return (Array.isArray(parsed) ? parsed : [parsed]) as readonly Measurement[]
}

function atLine(error: ProblemError, firstLine: number, published: number): ProblemError {
  const index = error.index === undefined ? undefined : firstLine - 1 + error.index
  const where = index === undefined ? '' : `Measurement ${index + 1} of the input: `
  const done = `Published before it: ${published}.`
  const { code, status, field, retryAfter } = error
  return new ProblemError(
    { code, status, detail: `${where}${error.detail} ${done}`, field, index, retryAfter },
    error,
  )
}
