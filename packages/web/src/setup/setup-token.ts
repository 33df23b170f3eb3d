/**
 * The one-time token in what a person pasted: the whole set-up link, or the token alone.
 * @returns an empty string when there is none
 */
export function setupTokenIn(text: string): string {
  const trimmed = text.trim()
  const hash = trimmed.indexOf('#')
  if (hash === -1) return /^[\w-]+$/.test(trimmed) ? trimmed : ''
  return new URLSearchParams(trimmed.slice(hash + 1)).get('token') ?? ''
}
