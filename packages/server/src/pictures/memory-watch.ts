/** Ends a process that takes more memory than it may: it is asked for as long as it works. */
export class MemoryWatch {
  readonly #timer: NodeJS.Timeout
  #isLooking = false

  /**
   * @param used bytes; null when that can't be told, and then nothing is done
   * @param everyMs between two looks: a decoder takes some 100 MiB in that time at most
   */
  constructor(used: () => Promise<number | null>, limit: number, onExceeded: () => void, everyMs = 50) {
    this.#timer = setInterval(() => {
      if (this.#isLooking) return
      this.#isLooking = true
      void look()
    }, everyMs)
    this.#timer.unref()
    const look = async (): Promise<void> => {
      const bytes = await used()
      this.#isLooking = false
      if (bytes === null || bytes <= limit) return
      this.stop()
      onExceeded()
    }
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}
