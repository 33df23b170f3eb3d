import { createSignal, type Signal } from './signal.ts'

/**
 * A choice that this browser remembers. It is read when it is first asked for; where browsers forbid storage it lasts
 * until the page is closed.
 * @param parse null: nothing is stored; whatever is stored may be nonsense
 * @param format how the value is stored; a value of null is forgotten
 */
export function createStored<Value>(
  key: string,
  parse: (text: string | null) => Value,
  format: (value: Value & {}) => string,
): Signal<Value> {
  let signal: Signal<Value> | null = null
  const opened = (): Signal<Value> => (signal ??= createSignal(parse(read(key))))
  return {
    get: () => opened().get(),
    set(value) {
      write(key, value === null || value === undefined ? null : format(value))
      opened().set(value)
    },
    subscribe: (watcher) => opened().subscribe(watcher),
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(key)
    else localStorage.setItem(key, text)
  } catch {
    // See above.
  }
}
