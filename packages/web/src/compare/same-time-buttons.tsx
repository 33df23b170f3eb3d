import { looksBack, sameTime } from './same-time.ts'
import { text } from './texts.ts'

export interface SameTimeProps {
  /** What is looked back from; ms since the epoch. */
  readonly t: number
  readonly onChoose: (t: number) => void
}

/** Lead to the same time of an earlier day; on dark ground. */
export function SameTime({ t, onChoose }: SameTimeProps) {
  return (
    <div className="mt-1 flex flex-wrap gap-1">
      {looksBack.map((span) => (
        <button
          key={span}
          type="button"
          onClick={() => onChoose(sameTime(t, span))}
          className="h-9 flex-1 rounded-md border border-white/25 px-2 text-[0.8125rem] whitespace-nowrap hover:bg-white/10 pointer-coarse:h-11 focus-visible:outline-white"
        >
          {text(span)}
        </button>
      ))}
    </div>
  )
}
