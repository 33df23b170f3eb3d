import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { copyText } from './copy-text.ts'
import { useToast } from './toast.tsx'

export interface CopyButtonProps {
  readonly text: string
  /** What is copied, for screen readers: "Copy the device key". */
  readonly label: string
  readonly className?: string
}

const CONFIRMED_MS = 2000

export function CopyButton({ text, label, className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false)
  const toast = useToast()

  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), CONFIRMED_MS)
    return () => clearTimeout(timer)
  }, [copied])

  async function copy() {
    if (await copyText(text)) setCopied(true)
    else toast.failed('Copying is not allowed here', 'Select the text and copy it by hand.')
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
      <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
    </Button>
  )
}
