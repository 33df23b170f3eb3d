export interface SizeChoiceProps<Size extends string> {
  readonly label: string
  /** The panel's name, for screen readers. */
  readonly of: string
  readonly value: Size
  readonly options: readonly (readonly [size: Size, label: string])[]
  readonly hint?: string
  readonly onChange: (size: Size) => void
}

/** How high or wide a panel is. The browser's own list: it works on every phone. */
export function SizeChoice<Size extends string>(props: SizeChoiceProps<Size>) {
  const { label, of, value, options, hint, onChange } = props
  return (
    <label className="flex items-center gap-1.5 text-xs text-muted" title={hint}>
      {label}
      <select
        aria-label={`${label}: ${of}`}
        value={value}
        onChange={(event) => {
          const chosen = options.find(([size]) => size === event.target.value)
          if (chosen !== undefined) onChange(chosen[0])
        }}
        className="h-8 rounded-md border border-line bg-surface px-1.5 text-sm text-ink hover:bg-hover pointer-coarse:h-11 pointer-coarse:text-base"
      >
        {options.map(([size, name]) => (
          <option key={size} value={size}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
