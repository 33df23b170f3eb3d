import type { Random } from './random.ts'

/** Longest input, bytes: what is interesting shows in small ones. */
const MAX_LENGTH = 2048
const INTERESTING = [0, 1, 0x0a, 0x0d, 0x20, 0x22, 0x25, 0x2d, 0x5c, 0x7f, 0x80, 0xff]

type Mutation = (
  bytes: Buffer,
  random: Random,
  others: readonly Uint8Array[],
  words: readonly string[],
) => Buffer

const mutations: readonly Mutation[] = [
  // One bit.
  (bytes, random) => changed(bytes, random, (byte) => byte ^ (1 << random.below(8))),
  // One byte that often matters.
  (bytes, random) => changed(bytes, random, () => INTERESTING[random.below(INTERESTING.length)] ?? 0),
  // A little more or less.
  (bytes, random) => changed(bytes, random, (byte) => (byte + random.below(17) + 248) & 0xff),
  // Some bytes less.
  (bytes, random) => {
    const [from, to] = span(bytes, random)
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])
  },
  // Some bytes again, somewhere.
  (bytes, random) => {
    const [from, to] = span(bytes, random)
    return inserted(bytes, random, bytes.subarray(from, to))
  },
  // Some bytes many times.
  (bytes, random) => {
    const [from, to] = span(bytes, random)
    const piece = bytes.subarray(from, Math.min(to, from + 64))
    return inserted(bytes, random, Buffer.concat(Array.from({ length: 1 + random.below(40) }, () => piece)))
  },
  // A word.
  (bytes, random, _others, words) =>
    inserted(bytes, random, Buffer.from(words[random.below(words.length)] ?? '', 'latin1')),
  // A word in the place of some bytes.
  (bytes, random, _others, words) => {
    const [from, to] = span(bytes, random)
    return Buffer.concat([
      bytes.subarray(0, from),
      Buffer.from(words[random.below(words.length)] ?? '', 'latin1'),
      bytes.subarray(to),
    ])
  },
  // The end cut off.
  (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  // The beginning of one and the end of another.
  (bytes, random, others) => {
    const other = others[random.below(others.length)] ?? bytes
    return Buffer.concat([
      bytes.subarray(0, random.below(bytes.length + 1)),
      other.subarray(random.below(other.length + 1)),
    ])
  },
]

/** Another input, made from a known one by one to five changes. */
export function mutate(
  input: Uint8Array,
  random: Random,
  others: readonly Uint8Array[],
  words: readonly string[],
): Uint8Array {
  let bytes: Buffer = Buffer.from(input)
  for (let changes = 1 + random.below(5); changes > 0; changes--) {
    const mutation = mutations[random.below(mutations.length)]
    if (mutation !== undefined) bytes = mutation(bytes, random, others, words).subarray(0, MAX_LENGTH)
  }
  return bytes
}

function changed(bytes: Buffer, random: Random, change: (byte: number) => number): Buffer {
  const copy = Buffer.from(bytes)
  const at = random.below(copy.length)
  if (copy.length > 0) copy[at] = change(copy[at] ?? 0)
  return copy
}

function span(bytes: Buffer, random: Random): readonly [number, number] {
  const from = random.below(bytes.length + 1)
  return [from, Math.min(bytes.length, from + 1 + random.below(1 << random.below(8)))]
}

function inserted(bytes: Buffer, random: Random, piece: Uint8Array): Buffer {
  const at = random.below(bytes.length + 1)
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)])
}
