/**
 * A decoder process for tests that does what the picture says: `crash`, `hang`, `leave` (an exit without an
 * error), `crash-once <file>` (unless the file exists), `devour` memory, `write <file>`, tell its `limits` or
 * `environment`, or else gives its own process id.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { FromDecoder, ToDecoder } from '../decoder-messages.ts'

let content = ''
const hoard: Buffer[] = []

process.on('disconnect', () => process.exit())
process.on('message', (message: ToDecoder) => {
  if (message.kind === 'picture') content = ''
  else if (message.kind === 'chunk') content += Buffer.from(message.bytes).toString()
  else if (message.kind === 'strips') act(Buffer.from(message.thumbs[0] ?? '').toString())
  else act(message.kind === 'encode' ? Buffer.from(message.pixels).toString() : content)
})
answer({ kind: 'ready' })

function act(order: string): void {
  const [verb = '', file = ''] = order.split(' ')
  switch (verb) {
    case 'crash':
      process.kill(process.pid, 'SIGSEGV')
      break
    case 'leave':
      process.exit(0)
      break
    case 'hang':
      for (;;);
    case 'crash-once':
      if (existsSync(file)) break
      writeFileSync(file, '')
      process.abort()
      break
    case 'devour':
      for (;;) hoard.push(Buffer.alloc(8 * 1024 * 1024, 1))
    case 'write':
      // Without the signal, by which the write would end the process.
      process.on('SIGXFSZ', () => undefined)
      try {
        writeFileSync(file, 'what it should not')
        return decoded('written')
      } catch {
        return decoded('refused')
      }
    case 'limits':
      return decoded(readFileSync('/proc/self/limits', 'utf8'))
    case 'environment':
      return decoded(JSON.stringify(process.env))
  }
  decoded(String(process.pid))
}

function decoded(text: string): void {
  answer({ kind: 'decoded', bytes: Buffer.from(text), width: 1, height: 1, damaged: false })
}

function answer(message: FromDecoder): void {
  process.send?.(message)
}
