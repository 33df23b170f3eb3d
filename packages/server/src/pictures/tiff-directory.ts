/** More entries, and longer values, than any fact of a picture has. */
const MOST_ENTRIES = 1000
const MOST_ITEMS = 256

const ENTRY_BYTES = 12
/** Bytes of an item by type: TIFF 6.0, section 2, and 129 for UTF-8 of EXIF 3.0. */
const ITEM_BYTES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  7: 1,
  9: 4,
  10: 8,
  129: 1,
}
const TEXT_TYPES: ReadonlySet<number> = new Set([2, 129])

/** One directory of tags in TIFF's form. Reads what it is asked for, within the bytes, whatever they claim. */
export interface TiffDirectory {
  /** null when the tag isn't there, isn't text, or says nothing but blanks. */
  text(tag: number): string | null
  /** Finite numbers; empty when the tag isn't there or isn't made of numbers. */
  numbers(tag: number): readonly number[]
  /** The directory that a tag leads to; null when there is none. */
  directory(tag: number): TiffDirectory | null
}

/** The first directory of an EXIF block, which may begin with "Exif"; null when it is none. */
export function openTiff(block: Uint8Array): TiffDirectory | null {
  const start = String.fromCharCode(...block.subarray(0, 4)) === 'Exif' ? 6 : 0
  const bytes = block.subarray(start)
  if (bytes.length < 8) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const order = view.getUint16(0)
  const isLittle = order === 0x4949
  if ((!isLittle && order !== 0x4d4d) || view.getUint16(2, isLittle) !== 42) return null
  return openDirectory(view, isLittle, view.getUint32(4, isLittle))
}

interface Entry {
  readonly type: number
  readonly items: number
  /** Where its items begin. */
  readonly offset: number
}

function openDirectory(view: DataView, isLittle: boolean, offset: number): TiffDirectory | null {
  // A tag may say that it leads before the beginning, or between two bytes.
  if (!Number.isInteger(offset) || offset < 0 || offset + 2 > view.byteLength) return null
  const entries = readEntries(view, isLittle, offset)

  function numbers(tag: number): readonly number[] {
    const entry = entries.get(tag)
    if (entry === undefined || TEXT_TYPES.has(entry.type)) return []
    const all = Array.from({ length: entry.items }, (_, index) => readNumber(view, isLittle, entry, index))
    return all.every(Number.isFinite) ? all : []
  }

  return {
    numbers,
    text(tag) {
      const entry = entries.get(tag)
      if (entry === undefined || !TEXT_TYPES.has(entry.type)) return null
      const bytes = new Uint8Array(view.buffer, view.byteOffset + entry.offset, entry.items)
      const end = bytes.indexOf(0)
      return readable(new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end)))
    },
    directory(tag) {
      const [at] = numbers(tag)
      return at === undefined || at === offset ? null : openDirectory(view, isLittle, at)
    },
  }
}

/** Those that lie within the bytes; of a tag that comes twice the first. */
function readEntries(view: DataView, isLittle: boolean, offset: number): ReadonlyMap<number, Entry> {
  const entries = new Map<number, Entry>()
  const count = Math.min(MOST_ENTRIES, view.getUint16(offset, isLittle))
  for (let index = 0; index < count; index++) {
    const at = offset + 2 + index * ENTRY_BYTES
    if (at + ENTRY_BYTES > view.byteLength) break
    const tag = view.getUint16(at, isLittle)
    const type = view.getUint16(at + 2, isLittle)
    const size = ITEM_BYTES[type]
    const claimed = view.getUint32(at + 4, isLittle)
    if (size === undefined || claimed === 0 || entries.has(tag)) continue
    const start = size * claimed <= 4 ? at + 8 : view.getUint32(at + 8, isLittle)
    const items = Math.min(MOST_ITEMS, claimed)
    if (start + items * size <= view.byteLength) entries.set(tag, { type, items, offset: start })
  }
  return entries
}

function readNumber(view: DataView, isLittle: boolean, { type, offset }: Entry, index: number): number {
  const at = offset + index * (ITEM_BYTES[type] ?? 1)
  switch (type) {
    case 3:
      return view.getUint16(at, isLittle)
    case 4:
      return view.getUint32(at, isLittle)
    case 5:
      return view.getUint32(at, isLittle) / view.getUint32(at + 4, isLittle)
    case 9:
      return view.getInt32(at, isLittle)
    case 10:
      return view.getInt32(at, isLittle) / view.getInt32(at + 4, isLittle)
    default:
      return view.getUint8(at)
  }
}

/** Without control characters and what isn't text; null when nothing is left. */
function readable(text: string): string | null {
  const clean = text
    .replaceAll(/[\p{Cc}\p{Cf}\uFFFD]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return clean === '' ? null : clean
}
