/** Until when an advisory about a dependency is acted on, by its severity: what SECURITY.md promises. */
export const timeFrames = {
  critical: '7 days',
  high: '30 days',
  moderate: 'with the next release',
  low: 'with the next release',
  info: 'with the next release',
}
