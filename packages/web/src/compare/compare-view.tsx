import { Dialog } from '@base-ui/react/dialog'
import type { SensorDetailJson } from '@senio/protocol/api'
import { useClient } from '../api/client-context.ts'
import { problemText } from '../api/problem-text.ts'
import { Spinner } from '../design/spinner.tsx'
import { formatDuration, formatExact } from '../timeline/format-time.ts'
import { CloseButton } from '../viewer/close-button.tsx'
import type { Opened } from '../viewer/neighbours.ts'
import { useOpened } from '../viewer/use-opened.ts'
import { CompareNumbers } from './compare-numbers.tsx'
import { type Comparison, type CompareSearch, comparisons } from './compare-search.ts'
import { type Compared, CompareStage } from './compare-stage.tsx'
import { InstantControl } from './instant-control.tsx'
import { SameTime } from './same-time-buttons.tsx'
import { text } from './texts.ts'

export interface CompareViewProps {
  readonly sensor: SensorDetailJson
  /** An image field. */
  readonly field: string
  /** The cursor; ms since the epoch. */
  readonly t: number
  readonly other: CompareSearch
  /** Both instants, and how they are compared. */
  readonly onChange: (change: { readonly t?: number; readonly other?: CompareSearch }) => void
  readonly onClose: () => void
}

/** Two instants of a camera, with the numbers of both. */
export function CompareView({ sensor, field, t, other, onChange, onClose }: CompareViewProps) {
  const one = useOpened(sensor.name, field, t)
  const two = useOpened(sensor.name, field, other.t)
  const problem = one.error ?? two.error
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Popup className="fixed inset-0 z-50 flex flex-col bg-[#0b0e0d] text-[#e7ecea] scheme-dark outline-none lg:flex-row">
          <Dialog.Title className="sr-only">
            {text('twoInstants', { sensor: sensor.name, field })}
          </Dialog.Title>
          {one.data && two.data ? (
            <Both
              sensor={sensor}
              field={field}
              one={one.data}
              two={two.data}
              how={other.how}
              onHow={(how) => onChange({ other: { t: other.t, how } })}
              onMoveOne={(next) => onChange({ t: next })}
              onMoveTwo={(next) => onChange({ other: { t: next as typeof other.t, how: other.how } })}
            />
          ) : (
            <div className="grid flex-1 place-items-center p-6 text-center">
              {problem !== null ? (
                <p>{problemText(problem)}</p>
              ) : one.data === null || two.data === null ? (
                <div className="space-y-4">
                  <p>{text('nothingSoEarly')}</p>
                  <SameTime
                    t={t}
                    onChoose={(next) => onChange({ other: { t: next as typeof other.t, how: other.how } })}
                  />
                </div>
              ) : (
                <Spinner />
              )}
            </div>
          )}
          <CloseButton />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface BothProps {
  readonly sensor: SensorDetailJson
  readonly field: string
  readonly one: Opened
  readonly two: Opened
  readonly how: Comparison
  readonly onHow: (how: Comparison) => void
  readonly onMoveOne: (t: number) => void
  readonly onMoveTwo: (t: number) => void
}

/** The earlier one is always on the left, whichever of them it is. */
function Both({ sensor, field, one, two, how, onHow, onMoveOne, onMoveTwo }: BothProps) {
  const client = useClient()
  const sides = [
    { opened: one, move: onMoveOne },
    { opened: two, move: onMoveTwo },
  ].sort((a, b) => a.opened.picture.timestamp - b.opened.picture.timestamp)
  const [before, after] = sides
  if (before === undefined || after === undefined) return null
  const apart = after.opened.picture.timestamp - before.opened.picture.timestamp

  function compared({ picture }: Opened): Compared {
    const when = formatExact(picture.timestamp)
    return {
      url: client.imageUrl(sensor.name, picture.image, 'preview'),
      alt: `${field}, ${when}`,
      caption: when,
    }
  }

  return (
    <>
      <div className="relative min-h-0 min-w-0 flex-1 overflow-hidden select-none">
        <CompareStage how={how} before={compared(before.opened)} after={compared(after.opened)} />
      </div>
      <div className="shrink-0 overflow-y-auto border-white/10 bg-[#151b1a] p-4 text-sm max-lg:max-h-[48dvh] max-lg:border-t lg:w-88 lg:border-l lg:p-5 lg:pt-16">
        <p className="text-base font-semibold">{`${field}: ${apart === 0 ? text('samePicture') : text('apart', { time: formatDuration(apart) })}`}</p>
        <fieldset className="mt-3 grid grid-cols-3 gap-1 rounded-lg bg-white/8 p-1">
          <legend className="sr-only">{text('how')}</legend>
          {comparisons.map((known) => (
            <button
              key={known}
              type="button"
              aria-pressed={how === known}
              onClick={() => onHow(known)}
              className="h-9 rounded-md px-1 text-[0.8125rem] hover:bg-white/10 aria-pressed:bg-white/20 aria-pressed:font-medium pointer-coarse:h-11 focus-visible:outline-white"
            >
              {text(known)}
            </button>
          ))}
        </fieldset>
        <InstantControl label={text('earlier')} opened={before.opened} onMove={before.move} />
        <InstantControl label={text('later')} opened={after.opened} onMove={after.move} />
        <p className="mt-4 text-xs text-[#9ba7a3]">{text('withSameTime')}</p>
        <SameTime t={after.opened.picture.timestamp} onChoose={(next) => before.move(next)} />
        <CompareNumbers sensor={sensor} before={before.opened.values} after={after.opened.values} />
      </div>
    </>
  )
}
