import { useState } from 'react'
import type { Comparison } from './compare-search.ts'
import { DifferencePicture } from './difference-picture.tsx'
import { text as say } from './texts.ts'

/** A picture that is compared. */
export interface Compared {
  readonly url: string
  /** Says what and when, for screen readers. */
  readonly alt: string
  /** When, in short. */
  readonly caption: string
}

export interface CompareStageProps {
  readonly how: Comparison
  /** The earlier one. */
  readonly before: Compared
  readonly after: Compared
}

/** Two pictures: one over the other with a slider between them, side by side, or what differs. */
export function CompareStage({ how, before, after }: CompareStageProps) {
  if (how === 'difference') return <DifferencePicture before={before.url} after={after.url} />
  if (how === 'slider') return <Slider before={before} after={after} />
  return (
    <div className="absolute inset-0 grid gap-1 landscape:grid-cols-2 portrait:grid-rows-2">
      {[before, after].map((picture, index) => (
        <figure key={index === 0 ? 'before' : 'after'} className="relative min-h-0 min-w-0">
          <img src={picture.url} alt={picture.alt} className={fills} />
          <Caption side="left" text={picture.caption} />
        </figure>
      ))}
    </div>
  )
}

const fills = 'absolute inset-0 size-full object-contain'

function Slider({ before, after }: Omit<CompareStageProps, 'how'>) {
  const [share, setShare] = useState(50)
  return (
    <div className="absolute inset-0">
      <img src={after.url} alt={after.alt} draggable={false} className={fills} />
      <img
        src={before.url}
        alt={before.alt}
        draggable={false}
        className={fills}
        style={{ clipPath: `inset(0 ${100 - share}% 0 0)` }}
      />
      <div
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 w-0.5 -translate-x-1/2 bg-white shadow-[0_0_4px_black]"
        style={{ left: `${share}%` }}
      >
        <span className="absolute top-1/2 left-1/2 grid size-11 -translate-1/2 place-items-center rounded-full border-2 border-white bg-black/60 text-lg text-white">
          ↔
        </span>
      </div>
      <Caption side="left" text={before.caption} />
      <Caption side="right" text={after.caption} />
      <input
        type="range"
        min={0}
        max={100}
        step={0.5}
        value={share}
        aria-label={say('share')}
        aria-valuetext={`${Math.round(share)} %`}
        onChange={(event) => setShare(Number(event.target.value))}
        className="peer absolute inset-0 size-full cursor-ew-resize touch-none opacity-0"
      />
      <span className="pointer-events-none absolute inset-1 rounded-md border-2 border-transparent peer-focus-visible:border-white" />
    </div>
  )
}

function Caption({ side, text }: { readonly side: 'left' | 'right'; readonly text: string }) {
  return (
    <span
      aria-hidden="true"
      className={`reading pointer-events-none absolute top-3 rounded-md bg-black/70 px-2 py-1 text-xs text-white max-lg:top-auto max-lg:bottom-1.5 ${side === 'left' ? 'left-3 max-lg:left-1.5' : 'right-3 max-lg:right-1.5'}`}
    >
      {text}
    </span>
  )
}
