import { Search } from 'lucide-react'
import { classNames } from './class-names.ts'
import { inputStyle } from './input-style.ts'

export interface SearchFieldProps {
  /** What is searched, for those who don't see the field. */
  readonly label: string
  /** What stands in it while it is empty; usually the label. */
  readonly placeholder?: string
  readonly className?: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Words that narrow a list down while they are typed. */
export function SearchField({ label, placeholder = label, className, value, onChange }: SearchFieldProps) {
  return (
    <div className={classNames('relative', className)}>
      <Search
        className="pointer-events-none absolute inset-y-0 left-3 my-auto size-4 text-muted"
        aria-hidden="true"
      />
      <input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        className={inputStyle('pl-9')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}
