import { defineCommand } from './command.ts'
import { withSenio } from './open.ts'
import type { Migrated } from '../storage/storage.ts'
import { makePicturePlace, nameOf } from '../domain/integrity/picture-place.ts'
import { storageOptions, switchOption } from './options.ts'

export const migrateCommand = defineCommand({
  path: 'migrate',
  summary: 'bring the database to the format of this version, before its servers start',
  description:
    'Every server and command does so by itself when it opens the database, one of them at a time. ' +
    'As a step of its own it tells whether that works before anything else is changed, and lets a role with more rights do it.',
  options: {
    picturesHere: switchOption(
      'pictures-here',
      'make this bucket or data directory the place of the pictures from now on, where a server refuses to start with another one',
    ),
    ...storageOptions,
  },
  examples: [
    ['in the data directory', 'senio migrate'],
    [
      'in PostgreSQL, with the role that owns it',
      'SENIO_DATABASE_URL=postgres://owner@db/senio senio migrate',
    ],
    [
      'the pictures were copied into another bucket',
      'SENIO_DATABASE_URL=postgres://senio@db/senio SENIO_BLOB_URL=s3://new senio migrate --pictures-here',
    ],
  ],
  run: ({ io, options }) =>
    withSenio(
      options,
      io,
      async ({ storage }) => {
        const { migrated, placeMark } = storage
        if (!options.picturesHere) return { json: { ok: true, ...migrated }, text: describe(migrated) }
        await makePicturePlace(storage)
        return {
          json: { ok: true, ...migrated, pictures: placeMark.place },
          text: `${describe(migrated)}\nThe pictures are in ${nameOf(placeMark)} from now on. Start servers that use another place anew.`,
        }
      },
      { create: true },
    ),
})

function describe({ from, to }: Migrated): string {
  if (from === to) return `Nothing to do: the database has format ${to} already.`
  if (from === 0) return `Made the tables of format ${to} in an empty database.`
  return `Brought the database from format ${from} to format ${to}.`
}
