/**
 * Asks for a version that others may change at any time. Calls that come before a question is sent share its
 * answer; calls that come later wait for the next, since the one under way may have been answered before the change
 * that they know of.
 */
export class VersionCheck {
  readonly #ask: () => Promise<number>
  #underWay: Promise<unknown> = Promise.resolve()
  #next: Promise<number> | null = null

  constructor(ask: () => Promise<number>) {
    this.#ask = ask
  }

  /** A version at least as new as of the moment of the call. Rejects as `ask` does. */
  version(): Promise<number> {
    this.#next ??= this.#afterThatUnderWay()
    return this.#next
  }

  async #afterThatUnderWay(): Promise<number> {
    await this.#underWay
    this.#next = null
    const answer = this.#ask()
    this.#underWay = answer.catch(() => {})
    return await answer
  }
}
