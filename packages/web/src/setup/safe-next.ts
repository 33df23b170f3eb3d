/**
 * Where to go after the sign-in: the given address if it is a path of this app, otherwise the start page. An address
 * of another site, also one that only looks like a path (`//example.org`, `/\example.org`), is not followed.
 */
export function safeNext(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])/.test(next) ? next : '/'
}
