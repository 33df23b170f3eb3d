import { spawnSync } from 'node:child_process'
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { inRoot } from './paths.mjs'
import { fail, say } from './say.mjs'

/** Browsers of the system, for machines that the packaged one isn't made for. */
const SYSTEM_BROWSERS = ['chromium', 'chromium-browser', 'google-chrome']

/**
 * A Chromium for the end-to-end tests: `SENIO_TEST_BROWSER` if set, on Linux x64 the one that npm brought,
 * otherwise one of the system. On a bare machine it needs nothing else: its shared libraries and fonts come along.
 * @returns {Promise<string>} the path of a program that takes Chromium's arguments
 */
export async function ensureBrowser() {
  const chosen = process.env.SENIO_TEST_BROWSER
  if (chosen) return chosen
  if (process.platform === 'linux' && process.arch === 'x64') return unpacked()
  const found = SYSTEM_BROWSERS.find((name) => spawnSync(name, ['--version']).status === 0)
  if (found) return found
  return fail(
    'The end-to-end tests need a Chromium: install one, or set SENIO_TEST_BROWSER to the path of its program.',
  )
}

async function unpacked() {
  const require = createRequire(import.meta.url)
  const pack = join(dirname(require.resolve('@sparticuz/chromium')), '..')
  const { version } = JSON.parse(readFileSync(join(pack, 'package.json'), 'utf8'))
  const folder = inRoot('node_modules', '.cache', `senio-browser-${version}`)
  if (!existsSync(folder)) await unpack(join(pack, 'bin'), folder)
  const program = join(folder, 'chromium-with-libraries')
  writeIfOther(join(folder, 'fonts', 'fonts.conf'), FONTS, 0o644)
  writeIfOther(program, LAUNCHER, 0o755)
  return program
}

/** Appears under its name when it is whole. */
async function unpack(bin, folder) {
  say('Unpacking the browser for the tests…')
  const require = createRequire(import.meta.url)
  const tar = createRequire(require.resolve('@sparticuz/chromium'))('tar-fs')
  const temporary = `${folder}.${process.pid}`
  rmSync(temporary, { recursive: true, force: true })
  mkdirSync(temporary, { recursive: true })
  await inflate(join(bin, 'chromium.br'), createWriteStream(join(temporary, 'chromium'), { mode: 0o755 }))
  for (const archive of ['al2023', 'fonts', 'swiftshader']) {
    const into = archive === 'fonts' ? join(temporary, 'fonts') : temporary
    await inflate(join(bin, `${archive}.tar.br`), tar.extract(into))
  }
  renameSync(temporary, folder)
}

function writeIfOther(file, content, mode) {
  if (!existsSync(file) || readFileSync(file, 'utf8') !== content) writeFileSync(file, content, { mode })
}

function inflate(file, target) {
  return pipeline(createReadStream(file), createBrotliDecompress(), target)
}

/** Paths are relative to this file, so that a checkout can be moved. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <config></config>
</fontconfig>
`

/**
 * The libraries stay out of the environment of everything else. Fonts: those of the pack and, where there are
 * any, those of the system. Chromium's own sandbox doesn't work as root or in most containers; the tests open
 * pages of this repository alone.
 */
const LAUNCHER = `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="$here/lib"
export FONTCONFIG_FILE="$here/fonts/fonts.conf"
export XDG_CACHE_HOME="$here/cache"
export HOME="\${HOME:-/tmp}"
exec "$here/chromium" --no-sandbox --disable-gpu --disable-quic --disable-background-networking \\
  --disable-component-update --disable-sync --font-render-hinting=none "$@"
`
