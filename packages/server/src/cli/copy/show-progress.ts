import type { CliIo } from '../io.ts'
import { progressBar } from '../progress.ts'
import { count } from '../words.ts'
import type { CopyWatcher } from './copy-installation.ts'

/** ms between lines where there is no terminal. */
const LINES_APART = 10_000

/** Shows how far a copy is: a bar on a terminal, now and then a line anywhere else, nothing beside JSON. */
export function showProgress(io: CliIo, isQuiet: boolean): CopyWatcher & { end(): void } {
  const progress = isQuiet || io.interactive ? progressBar(io) : lines(io)
  return {
    pictures: (share, copied) => progress.update(share, `${count(copied, 'picture')} copied`),
    sensor({ name, number, sensors, share, isVerifying }) {
      const doing = isVerifying ? 'verifying' : 'copying'
      progress.update((number - 1 + share) / sensors, `${doing} sensor ${number} of ${sensors}, "${name}"`)
    },
    checking: () => progress.update(null, 'verifying rollups'),
    end: () => progress.end(),
  }
}

function lines(io: CliIo) {
  let said = -Infinity
  return {
    update(share: number | null, what: string): void {
      const now = performance.now()
      if (share !== null && now - said < LINES_APART) return
      said = now
      io.stderr.write(`${share === null ? '' : `${Math.round(share * 100)} %, `}${what}\n`)
    },
    end: () => undefined,
  }
}
