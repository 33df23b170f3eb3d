/** The mark: a picture whose hills are the curve, and whose sun is the point that the cursor is at. */
export function Mark({ className }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true" fill="none">
      <g stroke="currentColor" strokeWidth="2.25">
        <rect x="3" y="5" width="26" height="22" rx="6" />
        <path d="M3.5 22C9 22 9.5 13.5 14.5 13.5S20.5 20 28.5 17.5" />
      </g>
      <circle cx="14.5" cy="13" r="4" fill="var(--accent)" stroke="var(--canvas)" strokeWidth="1.75" />
    </svg>
  )
}

/** The name, drawn; its i is the cursor. */
export function Logo({ className }: { readonly className?: string }) {
  return (
    <span className={className}>
      <span className="sr-only">Senio</span>
      <span className="flex items-center gap-2.5">
        <Mark className="size-8" />
        <svg viewBox="0 0 64 24" className="h-6" aria-hidden="true" fill="none">
          <g stroke="currentColor" strokeWidth="2.25" strokeLinecap="round" strokeLinejoin="round">
            <path d="M9.3 10.300C8.6 9.1 7.2 8.5 5.6 8.5 3.3 8.5 1.8 9.6 1.8 11.2 1.8 15 9.9 12.9 9.9 16.8 9.9 18.6 8.1 19.6 5.8 19.6 3.8 19.6 2.2 18.9 1.4 17.6" />
            <path d="M14.2 14H25.200A5.5 5.55 0 1 0 23.3 18.2" />
            <path d="M30.5 19.600V8.500M30.5 13.500A4.9 5 0 0 1 40.3 13.500V19.6" />
            <path d="M46 8.500V19.6" />
            <circle cx="57" cy="14.05" r="5.55" />
          </g>
          <circle cx="46" cy="3.7" r="1.9" fill="var(--accent)" />
        </svg>
      </span>
    </span>
  )
}
