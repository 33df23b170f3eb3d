/**
 * Arrays as PostgreSQL's binary format has them, for parameters: neither side writes or reads digits.
 * @see array_recv in PostgreSQL's source: dimensions, whether there are nulls, element type, length, lower bound
 */
const HEAD_BYTES = 20
const OID = { bytea: 17, int8: 20, int2: 21, int4: 23, float8: 701 } as const

type Numbers = readonly (number | null)[]

/** `float8[]`, each the same double. */
export function float8Array(values: Numbers): Buffer {
  return numbers(OID.float8, 8, values, (into, value, at) => into.writeDoubleBE(value, at))
}

/** `int8[]` */
export function int8Array(values: Numbers): Buffer {
  return numbers(OID.int8, 8, values, (into, value, at) => into.writeBigInt64BE(BigInt(value), at))
}

/** `int4[]` */
export function int4Array(values: Numbers): Buffer {
  return numbers(OID.int4, 4, values, (into, value, at) => into.writeInt32BE(value, at))
}

/** `int2[]` */
export function int2Array(values: Numbers): Buffer {
  return numbers(OID.int2, 2, values, (into, value, at) => into.writeInt16BE(value, at))
}

/** `bytea[]` */
export function byteaArray(values: readonly (Buffer | null)[]): Buffer {
  const head = Buffer.alloc(HEAD_BYTES)
  writeHead(head, OID.bytea, values.length)
  return Buffer.concat([
    head,
    ...values.flatMap((value) => (value === null ? [int32(-1)] : [int32(value.length), value])),
  ])
}

function numbers(
  type: number,
  width: number,
  values: Numbers,
  write: (into: Buffer, value: number, at: number) => void,
): Buffer {
  const array = Buffer.allocUnsafe(HEAD_BYTES + values.length * (4 + width))
  writeHead(array, type, values.length)
  let end = HEAD_BYTES
  for (const value of values) {
    array.writeInt32BE(value === null ? -1 : width, end)
    end += 4
    if (value === null) continue
    write(array, value, end)
    end += width
  }
  return array.subarray(0, end)
}

function writeHead(array: Buffer, type: number, length: number): void {
  array.writeInt32BE(1, 0)
  array.writeInt32BE(1, 4)
  array.writeInt32BE(type, 8)
  array.writeInt32BE(length, 12)
  array.writeInt32BE(1, 16)
}

function int32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeInt32BE(value)
  return bytes
}
