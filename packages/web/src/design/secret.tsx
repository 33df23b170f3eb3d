import { CopyButton } from './copy-button.tsx'

export interface SecretProps {
  readonly secret: string
  /** "device key" */
  readonly what: string
}

/** Something that is shown this once. */
export function Secret({ secret, what }: SecretProps) {
  return (
    <div className="rounded-lg border border-accent bg-accent-soft p-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <code className="min-w-0 pl-1 font-mono text-[0.9375rem] break-all select-all">{secret}</code>
        <CopyButton text={secret} label={`Copy the ${what}`} />
      </div>
      <p className="mt-2 pl-1 text-sm">
        Copy it now: this is the only time that it is shown. Senio keeps no copy of it, only a fingerprint.
      </p>
    </div>
  )
}
