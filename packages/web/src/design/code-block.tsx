import { CopyButton } from './copy-button.tsx'

export interface CodeBlockProps {
  readonly code: string
  /** What it is, for screen readers: "curl command". */
  readonly label: string
}

/** Code to be copied. It scrolls sideways: a broken line would no longer run. */
export function CodeBlock({ code, label }: CodeBlockProps) {
  return (
    <div className="relative overflow-hidden rounded-lg border border-line bg-sunken">
      <pre
        // Scrollable by keyboard.
        tabIndex={0}
        role="region"
        aria-label={label}
        className="max-h-96 overflow-auto p-4 pr-28 font-mono text-[0.8125rem] leading-relaxed -outline-offset-2 [overflow-wrap:normal] [tab-size:2]"
      >
        <code>{code}</code>
      </pre>
      <CopyButton text={code} label={`Copy: ${label}`} className="absolute top-2 right-2" />
    </div>
  )
}
