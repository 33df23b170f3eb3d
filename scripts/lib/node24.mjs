import { existsSync } from 'node:fs'
import { inRoot } from './paths.mjs'
import { fail } from './say.mjs'

/** Senio's TypeScript runs without a build step from this version of Node on. */
const [NEEDED_MAJOR, NEEDED_MINOR] = [24, 7]

/** The Node that runs Senio: this one if it is new enough, otherwise the one that npm installed. */
export function node24() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > NEEDED_MAJOR || (major === NEEDED_MAJOR && minor >= NEEDED_MINOR)) return process.execPath
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const binary = process.platform === 'win32' ? 'node.exe' : 'node'
  const bundled = inRoot('node_modules', `node-${platform}-${process.arch}`, 'bin', binary)
  if (existsSync(bundled)) return bundled
  return fail(
    `Senio needs Node.js ${NEEDED_MAJOR}.${NEEDED_MINOR} or newer. This is ${process.version}, and npm has none for this machine ` +
      `(${platform}-${process.arch}).\nInstall a newer Node.js from https://nodejs.org and try again.`,
  )
}
