/** What is told of it. */
export interface SenderWatch {
  /** The sender has sent nothing more yet. */
  wait(): void
  /** It has. */
  goOn(): void
}

/**
 * Tells when a sender is waited for. What it has sent already is read in the next turn of the event loop: who is waited
 * for any longer hasn't sent more, however late the loop is.
 */
export class AwaitedSender {
  readonly #watch: SenderWatch
  /** Goes up with every wait and its end. */
  #step = 0

  constructor(watch: SenderWatch) {
    this.#watch = watch
  }

  /** More is wanted. */
  ask(): void {
    const step = ++this.#step
    // The first ends this turn, the second the next one.
    setImmediate(() => {
      setImmediate(() => {
        if (step === this.#step) this.#watch.wait()
      })
    })
  }

  /** More has come, or nothing is wanted any more. */
  end(): void {
    this.#step++
    this.#watch.goOn()
  }
}
