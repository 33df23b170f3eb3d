import { errorKind } from '@senio/protocol'
import { expect, it } from 'vitest'
import { type HostileCase, type HostileSubject, nothing } from './hostile-case.ts'
import { addresses } from './subjects/addresses.ts'
import { forms } from './subjects/forms/forms.ts'
import { http } from './subjects/http.ts'
import { jsonSubject } from './subjects/json.ts'
import { keys } from './subjects/keys.ts'
import { pictures } from './subjects/pictures.ts'
import { queries } from './subjects/queries.ts'
import { times } from './subjects/times.ts'
import { web } from './subjects/web/web.ts'

const subjects: readonly HostileSubject[] = [
  keys,
  addresses,
  http,
  jsonSubject,
  times,
  forms,
  pictures,
  queries,
  web,
]

const INTRODUCTION = `# What Senio withstands

What comes from outside is hostile until it is shown to be good. Each line below is a test over a real socket, on every
storage profile: it compares the status, the code and what is left in the store: the rows of every table, blobs, temporary
files. After each the next good measurement is taken, and after each section memory is as it was; where a little could
become much, memory doesn't grow meanwhile either. This page is made from the tests
(\`packages/server/src/hostile\`); the codes are explained in [errors.md](../errors.md).

Beside these tables:

- [Connections](../../packages/server/src/hostile/connections.test.ts): 2,000 idle ones, more than the limit, clients that
  send a byte now and then or stop, on every kind of route (408, while others go on), clients that are gone in the middle of a body (nothing is kept) or before the
  answer (kept or not, and a retry keeps it once), a picture of 20 MiB that is never held in memory.
- [Bodies in memory](../../packages/server/src/hostile/body-memory.test.ts): lists that don't end, strangers who begin to
  sign in, a chunk for each byte: bounded for all together (503), while others go on.
- [Pictures that are kept](../../packages/server/src/hostile/kept-pictures.test.ts): CMYK, 16 bits, progressive, palettes,
  turned cameras, places in EXIF, and what thumbs are made of damaged ones.
- [Damage on the disk](../../packages/server/src/transport/http/damaged-originals.test.ts): never served as good.
- [Who may do what](../../packages/server/src/hostile/authorisation.test.ts): every route for everybody who might ask, as
  the [rules of access](../../packages/server/src/hostile/access-rules.ts) say; what isn't one's own is answered as if it
  didn't exist, to the last byte.
- [Listeners](../../packages/server/src/hostile/listeners.test.ts): at most a hundred an account (429), cut off within a
  second when they are signed out, when their token is revoked or their sensor deleted, and when they don't read.
- [Secrets](../../packages/server/src/hostile/secrets.test.ts): in no log, answer, metric, list, file or backup.
- [Sign-in](../../packages/server/src/domain/accounts/sign-in-throttle.test.ts): guessing passwords is slowed down, and
  unknown people take as long as known ones.
- [Fuzzing](../../packages/server/src/fuzz/fuzz.test.ts): some thousand inputs for each of what reads bytes from outside,
  guided by coverage; \`npm run fuzz -- --minutes 60\` tries as many as there is time for.
`

function section({ title, introduction, cases }: HostileSubject): string {
  const rows = cases.map((one) => `| ${cell(one.name)} | ${answer(one)} | ${kept(one)} |`)
  return `## ${title}\n\n${introduction}\n\n| what comes | answer | kept |\n| --- | --- | --- |\n${rows.join('\n')}\n`
}

function answer({ answer }: HostileCase): string {
  return typeof answer === 'number' ? String(answer) : `${errorKind(answer).status} \`${answer}\``
}

function kept({ kept = nothing }: HostileCase): string {
  const counts = Object.entries(kept).filter(([, count]) => count > 0)
  return (
    counts.map(([what, count]) => `${count} ${count === 1 ? what.slice(0, -1) : what}`).join(', ') ||
    'nothing'
  )
}

/** Markup and pipes as text. */
function cell(text: string): string {
  return text
    .replaceAll(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replaceAll(/[\\|*_`[\]~$]/g, String.raw`\$&`)
}

it('is what docs/security/hostile-input.md says (update it with vitest --update)', async () => {
  const page = [INTRODUCTION, ...subjects.map(section)].join('\n')
  await expect(page).toMatchFileSnapshot('../../../../docs/security/hostile-input.md')
})

it.each(subjects)('has a name for each case: $title', ({ cases }) => {
  const names = cases.map(({ name }) => name)
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
})
