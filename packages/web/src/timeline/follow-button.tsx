import { classNames } from '../design/class-names.ts'
import { buttonStyle } from '../design/button-style.ts'
import { useTimeline } from './timeline-context.ts'
import type { Live } from './use-live.ts'
import { useSignal } from './use-signal.ts'
import { readerLocale } from '../i18n/language.ts'
import { text } from './texts.ts'

/** Says whether new values come into sight by themselves; otherwise how many wait, and leads to them. */
export function FollowButton({ live }: { readonly live: Live }) {
  const timeline = useTimeline()
  const choice = useSignal(timeline.choice)
  const unseen = useSignal(live.unseen)
  if (choice.kind !== 'fixed') {
    return (
      <output
        className={classNames(
          'flex h-9 items-center gap-2 px-3 text-sm',
          live.connected ? 'font-medium text-ok' : 'text-muted',
        )}
      >
        <span
          aria-hidden="true"
          className={classNames(
            'size-2 rounded-full',
            live.connected ? 'animate-live bg-ok motion-reduce:animate-none' : 'border border-line-input',
          )}
        />
        {live.connected ? text('live') : text('connecting')}
      </output>
    )
  }
  return (
    <button
      type="button"
      onClick={() => timeline.toNow()}
      className={buttonStyle(unseen > 0 ? 'primary' : 'secondary', 'mr-1')}
    >
      {text('now')}
      {unseen > 0 && (
        <span className="reading font-normal">
          {text('unseen', { count: unseen.toLocaleString(readerLocale()) })}
        </span>
      )}
    </button>
  )
}
