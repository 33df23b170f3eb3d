import type { CliIo } from './io.ts'

/** Shows how far something is. */
export interface Progress {
  /** @param share 0 to 1 */
  update(share: number, what: string): void
  /** Clears the line. */
  end(): void
}

/** A bar on a terminal; nothing anywhere else. */
export function progressBar(io: CliIo): Progress {
  if (!io.interactive) return { update: () => undefined, end: () => undefined }
  let shown = ''
  return {
    update(share, what) {
      const width = Math.max(10, Math.min(40, io.columns - what.length - 10))
      const filled = Math.round(width * share)
      const line = `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${String(Math.round(share * 100)).padStart(3)} %  ${what}`
      if (line === shown) return
      shown = line
      io.stderr.write(`\r\u001B[K${line}`)
    },
    end() {
      io.stderr.write('\r\u001B[K')
    },
  }
}
