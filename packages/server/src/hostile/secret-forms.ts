/** As it is, and as it might be written down elsewhere. */
export function formsOf(secret: string): readonly string[] {
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '')
  return [secret, secret.toUpperCase(), secret.replaceAll('-', ''), base64, encodeURIComponent(secret)]
}
