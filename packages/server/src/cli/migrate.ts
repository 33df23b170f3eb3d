import { defineCommand } from './command.ts'
import { withSenio } from './open.ts'
import type { Migrated } from '../storage/storage.ts'
import { storageOptions } from './options.ts'

export const migrateCommand = defineCommand({
  path: 'migrate',
  summary: 'bring the database to the format of this version, before its servers start',
  description:
    'Every server and command does so by itself when it opens the database, one of them at a time. ' +
    'As a step of its own it tells whether that works before anything else is changed, and lets a role with more rights do it.',
  options: { ...storageOptions },
  examples: [
    ['in the data directory', 'senio migrate'],
    [
      'in PostgreSQL, with the role that owns it',
      'SENIO_DATABASE_URL=postgres://owner@db/senio senio migrate',
    ],
  ],
  run: ({ io, options }) =>
    withSenio(
      options,
      io,
      async ({ storage: { migrated } }) => ({ json: { ok: true, ...migrated }, text: describe(migrated) }),
      { create: true },
    ),
})

function describe({ from, to }: Migrated): string {
  if (from === to) return `Nothing to do: the database has format ${to} already.`
  if (from === 0) return `Made the tables of format ${to} in an empty database.`
  return `Brought the database from format ${from} to format ${to}.`
}
