/** What Senio is, drawn: pictures along a curve, and the cursor that joins them. */
export function TimelineFigure({ className }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 320 132" className={className} aria-hidden="true" fill="none">
      <g stroke="var(--line-strong)" strokeWidth="1">
        <path d="M8 84.5H312" />
        <path d="M24.5 84V89M64.5 84V89M104.5 84V89M144.5 84V89M184.5 84V89M224.5 84V89M264.5 84V89M304.5 84V89" />
      </g>
      <path
        d="M8 62C28 62 34 40 58 40S84 66 108 66 140 22 168 22 196 58 222 58 252 34 274 34 298 48 312 46"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
      />
      {[44, 100, 156, 212, 268].map((x) => (
        <g key={x} transform={`translate(${x - 18} 100)`}>
          <rect width="36" height="26" rx="4" fill="var(--surface)" stroke="var(--line-strong)" />
          <path d="M4 22 13 13l5 5 5-7 9 11Z" fill="var(--line-strong)" />
        </g>
      ))}
      <g>
        <rect x="137" y="99" width="38" height="28" rx="5" stroke="var(--accent)" strokeWidth="2" />
        <path d="M156 8V98" stroke="var(--accent)" strokeWidth="1.5" />
        <circle cx="156" cy="24.5" r="4.5" fill="var(--accent)" stroke="var(--canvas)" strokeWidth="2" />
      </g>
    </svg>
  )
}
