/** Something that takes bytes from outside, and what must hold whatever they are. */
export interface FuzzTarget {
  readonly name: string
  /** Parts of the paths of the modules whose coverage counts. */
  readonly modules: readonly string[]
  /** Good inputs to begin with. */
  seeds(): Promise<readonly Uint8Array[]>
  /** Words that are worth a try anywhere. */
  readonly dictionary: readonly string[]
  /** Gives the input to the code. Throws when a promise was broken. */
  run(input: Uint8Array): Promise<void> | void
  /** Called once after all. */
  close?(): Promise<void>
}
