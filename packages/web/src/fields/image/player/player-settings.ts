import { createStored } from '../../../timeline/stored.ts'
import { parsePick, type Pick } from './pick.ts'

/** How a person likes to play. */
export interface PlayerSettings {
  /** Frames a second. */
  readonly rate: number
  readonly loops: boolean
  readonly pick: Pick
}

/** Frames a second to choose from. */
export const rates = [1, 2, 5, 10, 20, 30, 60] as const

const usual: PlayerSettings = { rate: 10, loops: true, pick: { kind: 'all' } }

/** Remembered in this browser. */
export const playerSettings = createStored<PlayerSettings>('senio.player', parseSettings, JSON.stringify)

/** What is missing or no good is as usual. */
export function parseSettings(text: string | null): PlayerSettings {
  try {
    const parsed: unknown = JSON.parse(text ?? 'null')
    if (typeof parsed !== 'object' || parsed === null) return usual
    const { rate, loops, pick } = parsed as Readonly<Record<string, unknown>>
    return {
      rate: rates.find((known) => known === rate) ?? usual.rate,
      loops: typeof loops === 'boolean' ? loops : usual.loops,
      pick: parsePick(pick) ?? usual.pick,
    }
  } catch {
    return usual
  }
}
