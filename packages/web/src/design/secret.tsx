import { CopyButton } from './copy-button.tsx'
import { text } from './texts.ts'

export interface SecretProps {
  readonly secret: string
  readonly what: 'DeviceKey' | 'ApiToken'
}

/** Something that is shown this once. */
export function Secret({ secret, what }: SecretProps) {
  return (
    <div className="rounded-lg border border-accent bg-accent-soft p-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <code className="min-w-0 pl-1 font-mono text-[0.9375rem] break-all select-all">{secret}</code>
        <CopyButton text={secret} label={text(`copy${what}`)} />
      </div>
      <p className="mt-2 pl-1 text-sm">{text('secretOnce')}</p>
    </div>
  )
}
