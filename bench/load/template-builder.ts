import type { RequestTemplate, Slot } from './template.ts'

/** Puts a template together from left to right. `entry()` after each measurement. */
export class TemplateBuilder {
  readonly #parts: Uint8Array[] = []
  readonly #slots: Slot[] = []
  #length = 0
  #entry = 0

  text(text: string): this {
    return this.bytes(Buffer.from(text))
  }

  bytes(bytes: Uint8Array): this {
    this.#parts.push(bytes)
    this.#length += bytes.length
    return this
  }

  /** 13 digits. */
  time(): this {
    this.#slots.push({ kind: 'time', at: this.#length, entry: this.#entry, as: 'digits' })
    return this.text('0000000000000')
  }

  /** Four characters, for example 21.5. */
  value(field: number): this {
    this.#slots.push({ kind: 'value', at: this.#length, entry: this.#entry, field, as: 'digits' })
    return this.text('00.0')
  }

  /** Eight bytes of PostgreSQL's binary format. */
  postgresTime(): this {
    this.#slots.push({ kind: 'time', at: this.#length, entry: this.#entry, as: 'postgres' })
    return this.bytes(new Uint8Array(8))
  }

  /** Eight bytes, big-endian. */
  double(field: number): this {
    this.#slots.push({ kind: 'value', at: this.#length, entry: this.#entry, field, as: 'double' })
    return this.bytes(new Uint8Array(8))
  }

  /** The number of the request with leading zeros. */
  number(digits: number): this {
    this.#slots.push({ kind: 'number', at: this.#length, digits })
    return this.text('0'.repeat(digits))
  }

  /** What comes next belongs to the next measurement. */
  entry(): this {
    this.#entry++
    return this
  }

  /** Another template, slots included. It must hold no measurements when this one does. */
  template(other: RequestTemplate): this {
    for (const slot of other.slots) this.#slots.push({ ...slot, at: slot.at + this.#length })
    this.#entry += other.entries
    return this.bytes(other.bytes)
  }

  build(): RequestTemplate {
    return { bytes: Buffer.concat(this.#parts), slots: this.#slots, entries: this.#entry }
  }
}
