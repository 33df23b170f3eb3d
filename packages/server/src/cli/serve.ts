import { settings } from '../config/settings.ts'
import { serve } from '../serve.ts'
import { defineCommand } from './command.ts'

export const serveCommand = defineCommand({
  path: 'serve',
  summary: 'run the server: API and web app on one port',
  description:
    'Everything it keeps is under the data directory, unless PostgreSQL and a bucket are named: then any number of servers ' +
    'may share them. While there is no account it prints a one-time link that ' +
    'makes the first one; SENIO_ADMIN_EMAIL with SENIO_ADMIN_PASSWORD (or …_FILE) makes it without a link. ' +
    'SIGTERM or Ctrl+C ends it after what is in flight was answered.',
  options: settings,
  hasJson: false,
  examples: [
    ['on port 8080, data under ./data', 'senio serve'],
    ['for this machine only, data elsewhere', 'senio serve --host 127.0.0.1 --data-dir /var/lib/senio'],
    [
      'one of several nodes, the secrets in the environment',
      'senio serve --database-url postgres://senio@db/senio --blob-url "s3://senio?endpoint=https://s3.example.org"',
    ],
    ['behind a proxy', 'senio serve --public-url https://senio.example.org --trust-proxy 127.0.0.1'],
  ],
  async run({ io, options }) {
    const { signal } = io
    const server = await serve(options, (line) => io.stdout.write(`${line}\n`))
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve()
      else signal.addEventListener('abort', () => resolve(), { once: true })
    })
    await server.stop()
    return null
  },
})
