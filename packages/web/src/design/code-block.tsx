import { CopyButton } from './copy-button.tsx'
import { text } from './texts.ts'

export interface CodeBlockProps {
  readonly code: string
  /** What it is, for screen readers: "curl command". */
  readonly label: string
}

/** Code to be copied. It scrolls sideways: a broken line would no longer run. */
export function CodeBlock({ code, label }: CodeBlockProps) {
  return (
    <div className="relative overflow-hidden rounded-lg border border-line bg-sunken">
      <section
        aria-label={label}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
        tabIndex={0}
        className="max-h-96 overflow-auto p-4 pr-28 font-mono text-[0.8125rem] leading-relaxed -outline-offset-2 [overflow-wrap:normal] [tab-size:2]"
      >
        <pre>
          <code>{code}</code>
        </pre>
      </section>
      <CopyButton text={code} label={text('copyWhat', { what: label })} className="absolute top-2 right-2" />
    </div>
  )
}
