import type { App } from './app.ts'

/** Which methods a path has: for the answer 405 with `Allow`, which Fastify leaves to us. */
export class RouteTable {
  readonly #routes: { readonly segments: readonly string[]; readonly method: string }[] = []

  /** Notes every route that is added to the app after this. */
  watch(app: App): void {
    app.addHook('onRoute', ({ url, method }) => {
      for (const name of [method].flat()) this.#routes.push({ segments: url.split('/'), method: name })
    })
  }

  /** The methods that match a path (without its query), in alphabetical order; empty when nothing is there. */
  methodsOf(path: string): readonly string[] {
    const segments = path.split('/')
    const methods = this.#routes
      .filter((route) => matches(route.segments, segments))
      .map(({ method }) => method)
    return [...new Set(methods)].sort()
  }
}

/** A pattern that ends in `*` matches whatever follows, however deep. */
function matches(pattern: readonly string[], path: readonly string[]): boolean {
  const isOpen = pattern.at(-1) === '*'
  return (
    (isOpen ? pattern.length <= path.length : pattern.length === path.length) &&
    pattern.every((segment, i) =>
      segment.startsWith(':') ? path[i] !== '' : segment === path[i] || (isOpen && segment === '*'),
    )
  )
}
