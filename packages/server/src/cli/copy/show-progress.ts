import type { CliIo } from '../io.ts'
import { progressBar } from '../progress.ts'
import { bytes, count } from '../words.ts'
import type { CopyWatcher } from './copy-installation.ts'

/** ms between lines where there is no terminal. */
const LINES_APART = 10_000

/** Shows how far a copy is: a bar on a terminal, now and then a line anywhere else, nothing beside JSON. */
export function showProgress(io: CliIo, isQuiet: boolean): CopyWatcher & { end(): void } {
  const progress = isQuiet || io.interactive ? progressBar(io) : lines(io)
  let furthest = 0
  return {
    pictures(share, copied) {
      furthest = Math.max(furthest, share)
      progress.update(furthest, `${count(copied.pictures, 'picture')} copied (${bytes(copied.bytes)})`)
    },
    sensor({ name, number, sensors, share, isVerifying }) {
      const doing = isVerifying ? 'verifying' : 'copying'
      // Reading both ends takes about as long as writing one.
      const ofSensor = (share + (isVerifying ? 1 : 0)) / 2
      progress.update((number - 1 + ofSensor) / sensors, `${doing} sensor ${number} of ${sensors}, "${name}"`)
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
