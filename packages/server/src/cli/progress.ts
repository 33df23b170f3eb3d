import type { CliIo } from './io.ts'

/** Shows how far something is. */
export interface Progress {
  /** @param share 0 to 1; null when nobody knows how much there is */
  update(share: number | null, what: string): void
  /** Clears the line. */
  end(): void
}

/** A bar on a terminal; nothing anywhere else. */
export function progressBar(io: CliIo): Progress {
  if (!io.interactive) return { update: () => undefined, end: () => undefined }
  let shown = ''
  return {
    update(share, what) {
      const line = fit(share === null ? what : `${bar(share, io.columns)}  ${what}`, io.columns)
      if (line === shown) return
      shown = line
      io.stderr.write(`\r\u001B[K${line}`)
    },
    end() {
      io.stderr.write('\r\u001B[K')
    },
  }
}

/** A line that wraps couldn't be cleared. */
function fit(line: string, columns: number): string {
  const characters = Array.from(line)
  return characters.length < columns ? line : `${characters.slice(0, Math.max(0, columns - 2)).join('')}…`
}

function bar(share: number, columns: number): string {
  const width = Math.max(10, Math.min(40, Math.floor(columns / 3)))
  const filled = Math.round(width * share)
  const percent = String(Math.round(share * 100)).padStart(3)
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${percent} %`
}
