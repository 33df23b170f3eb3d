import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { copyText } from './copy-text.ts'
import { text as say } from './texts.ts'

export interface CopyButtonProps {
  readonly text: string
  /** What is copied, for screen readers: "Copy the device key". */
  readonly label: string
  readonly className?: string
}

const CONFIRMED_MS = 2000

const words = { copied: say('copied'), failed: say('selectByHand') } as const

export function CopyButton({ text, label, className }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null)
  const copied = outcome === 'copied'

  useEffect(() => {
    if (outcome === null) return
    const timer = setTimeout(() => setOutcome(null), CONFIRMED_MS)
    return () => clearTimeout(timer)
  }, [outcome])

  async function copy() {
    setOutcome((await copyText(text)) ? 'copied' : 'failed')
  }

  return (
    <Button
      onClick={() => void copy()}
      aria-label={label}
      {...(className === undefined ? {} : { className })}
    >
      {copied ? (
        <Check className="size-4 text-ok" aria-hidden="true" />
      ) : (
        <Copy className="size-4" aria-hidden="true" />
      )}
      <span aria-live="polite">{outcome === null ? say('copy') : words[outcome]}</span>
    </Button>
  )
}
