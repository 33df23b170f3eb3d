import { readdir } from 'node:fs/promises'
import { expect } from 'vitest'
import type { HostileCase } from '../../hostile-case.ts'
import { headed } from './form-case.ts'

/** A file's own name leads nowhere. */
export const fileNames: readonly HostileCase[] = (
  [
    ['a path', 'filename="../../etc/passwd"'],
    ['an absolute path', 'filename="/etc/passwd"'],
    ['a Windows path', String.raw`filename="C:\Windows\system32\x.jpg"`],
    ['a NUL', 'filename="a\0.jpg"'],
    ['line breaks', 'filename="a\r\nX-Injected: yes\r\n.jpg"'],
    ['4 KB', `filename="${'x'.repeat(4096)}"`],
    ['an encoded path', "filename*=UTF-8''..%2f..%2fetc%2fpasswd"],
    ['two names at odds', `filename="a.jpg"; filename*=UTF-8''b%00.html`],
    ['nothing', 'filename=""'],
    ['no valid UTF-8', Buffer.from('filename="\xff\xfe"', 'latin1')],
    ['a script', 'filename="<img src=x onerror=alert(1)>.svg"'],
    ['a shell command', 'filename="$(touch /tmp/x);`id`|x.jpg"'],
  ] as const
).map(([what, filename]) => ({
  ...headed(
    `whose file name holds ${what}`,
    Buffer.concat([
      Buffer.from('Content-Disposition: form-data; name="cam1"; '),
      Buffer.from(filename as string),
      Buffer.from('\r\nContent-Type: image/jpeg'),
    ]),
    201,
  ),
  also: async (_answer, site) => {
    const names = await readdir(site.server.dataDir, { recursive: true })
    expect(names.filter((name) => /passwd|Windows|\.jpg|\.svg|\.html|touch/.test(name))).toEqual([])
  },
}))
