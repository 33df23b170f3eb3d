import { Pause, Play, Repeat, StepBack, StepForward } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import { problemText } from '../../../api/problem-text.ts'
import { useClient } from '../../../api/client-context.ts'
import { classNames } from '../../../design/class-names.ts'
import { IconButton } from '../../../design/icon-button.tsx'
import { Spinner } from '../../../design/spinner.tsx'
import { useToast } from '../../../design/toast.ts'
import { useTimeline } from '../../../timeline/timeline-context.ts'
import { useSignal } from '../../../timeline/use-signal.ts'
import type { PanelProps } from '../../field-view.ts'
import { PickPicker } from './pick-picker.tsx'
import { playerKeyOf } from './player-keys.ts'
import { playerSettings, type PlayerSettings, rates } from './player-settings.ts'
import { createTheatre, type Theatre } from './theatre.ts'
import { stageOf, useTheatre } from './use-theatre.ts'
import { text } from '../texts.ts'

/** Plays the pictures of the range as a time-lapse, with the cursor running along the graphs. */
export function PlayerBar({ fields }: PanelProps) {
  useOpenedTheatre(fields)
  const theatre = useTheatre()
  return theatre === null ? <div className="h-11" /> : <Controls theatre={theatre} />
}

/** Opens the view's theatre for as long as the controls are there. */
function useOpenedTheatre(fields: PanelProps['fields']): void {
  const timeline = useTimeline()
  const client = useClient()
  const { failed } = useToast()
  const onError = useEffectEvent((error: unknown) => failed(text('cannotPlay'), problemText(error)))
  const onNone = useEffectEvent(() => failed(text('noneToPlay')))
  const keys = fields.map(({ key }) => key).join()
  const played = useEffectEvent(() => fields)
  useEffect(() => {
    const wanted = new Set(keys.split(','))
    const theatre = createTheatre({
      client,
      timeline,
      fields: played().filter(({ key }) => wanted.has(key)),
      pick: playerSettings.get().pick,
      onNone: () => onNone(),
      onError: (error) => onError(error),
    })
    const stage = stageOf(timeline)
    stage.set(theatre)
    const pause = (): void => {
      if (document.hidden) theatre.player.pause()
    }
    document.addEventListener('visibilitychange', pause)
    return () => {
      document.removeEventListener('visibilitychange', pause)
      stage.set(null)
      theatre.close()
    }
  }, [client, timeline, keys])
}

function Controls({ theatre }: { readonly theatre: Theatre }) {
  const state = useSignal(theatre.player.state)
  const settings = useSignal(playerSettings)
  const { rate, loops, pick } = settings
  const isPlaying = state === 'playing'

  useEffect(() => {
    theatre.player.rate.set(rate)
    theatre.player.loops.set(loops)
  }, [theatre, rate, loops])

  function change(part: Partial<PlayerSettings>): void {
    playerSettings.set({ ...settings, ...part })
    if (part.pick !== undefined) theatre.setPick(part.pick)
  }

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const key = playerKeyOf(event)
    if (key === null) return
    event.preventDefault()
    if (key === 'toggle') void theatre.toggle()
    else void theatre.step(key === 'before' ? -1 : 1)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])

  return (
    <div
      role="toolbar"
      aria-label={text('player')}
      className="flex items-center rounded-xl border border-line bg-surface p-1 shadow-low max-xl:justify-center"
    >
      <IconButton label={text('frameBefore')} onClick={() => void theatre.step(-1)}>
        <StepBack aria-hidden="true" />
      </IconButton>
      <IconButton
        label={isPlaying ? text('pause') : text('play')}
        className="text-ink"
        onClick={() => void theatre.toggle()}
      >
        {state === 'loading' ? (
          <Spinner />
        ) : isPlaying ? (
          <Pause aria-hidden="true" />
        ) : (
          <Play aria-hidden="true" className="fill-current" />
        )}
      </IconButton>
      <IconButton label={text('frameAfter')} onClick={() => void theatre.step(1)}>
        <StepForward aria-hidden="true" />
      </IconButton>
      <RateChoice rate={rate} onChange={(next) => change({ rate: next })} />
      <span className="ml-auto flex max-xl:ml-0">
        <IconButton
          label={text('loop')}
          aria-pressed={loops}
          className={classNames(loops && '!text-accent')}
          onClick={() => change({ loops: !loops })}
        >
          <Repeat aria-hidden="true" />
        </IconButton>
        <PickPicker pick={pick} onChange={(next) => change({ pick: next })} />
      </span>
    </div>
  )
}

interface RateChoiceProps {
  readonly rate: number
  readonly onChange: (rate: number) => void
}

function RateChoice({ rate, onChange }: RateChoiceProps) {
  return (
    <select
      aria-label={text('speed')}
      title={text('speed')}
      value={rate}
      onChange={(event) => onChange(Number(event.target.value))}
      className="reading h-9 rounded-md bg-surface px-1.5 text-sm text-ink hover:bg-hover pointer-coarse:h-11"
    >
      {rates.map((known) => (
        <option key={known} value={known}>{`${known} / s`}</option>
      ))}
    </select>
  )
}
