#!/usr/bin/env node
/**
 * `npm run audit`: asks the registry for known faults in what the program is made of. Apart from the checks of a change: the
 * answer depends on the day, not on the change. Each is printed with the time that SECURITY.md gives for it.
 *
 * Exit codes: 0 nothing known of `high` or worse, 1 something is, 3 the registry could not be asked.
 */
import { spawnSync } from 'node:child_process'
import { timeFrames } from './lib/time-frames.mjs'

const { stdout, error } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})
const report = parse(stdout)

if (error !== undefined || report?.vulnerabilities === undefined) {
  const reason = error?.message ?? report?.message ?? report?.error?.summary ?? 'no answer'
  process.stderr.write(
    `Not audited: the registry can't be asked (${reason}). Nothing is known, neither good nor bad.\n`,
  )
  process.exitCode = 3
} else {
  const found = Object.values(report.vulnerabilities)
  const grave = found.filter(({ severity }) => severity === 'high' || severity === 'critical')
  for (const { name, severity, range, fixAvailable } of found) {
    process.stdout.write(
      `${severity} (${timeFrames[severity] ?? 'at once'}): ${name} ${range}${fixAvailable === false ? '' : ', a fix is there'}\n`,
    )
  }
  process.stdout.write(`${found.length} known, ${grave.length} of them high or critical.\n`)
  process.exitCode = grave.length > 0 ? 1 : 0
}

function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
