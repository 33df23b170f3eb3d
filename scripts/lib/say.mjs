/** One plain line for the person who waits. */
export function say(line) {
  process.stdout.write(`${line}\n`)
}

/** Something went wrong and the script ends: what, and what to do. */
export function fail(lines) {
  process.stderr.write(`\n${lines}\n`)
  process.exit(1)
}

/** "8 s" or "1 min 5 s" since a `performance.now()`. */
export function took(since) {
  const seconds = Math.round((performance.now() - since) / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
