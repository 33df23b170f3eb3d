/**
 * A row would have been there twice. Every dialect's driver throws it in place of its engine's own error; the
 * stores turn it into what it means.
 */
export class UniqueViolation extends Error {
  override readonly name = 'UniqueViolation'

  constructor(cause: unknown) {
    super('A row with this key exists already.', { cause })
  }
}
