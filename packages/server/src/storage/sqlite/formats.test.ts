import { mkdtemp, rm } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeEveryFormat } from '../contract/every-format.contract.ts'
import { migrations } from './migrations/index.ts'
import { openSqliteDatabase } from './sqlite-database.ts'

describeEveryFormat({
  directory: new URL('./formats/', import.meta.url),
  current: migrations.length,
  hasNotes: 2,
  async open(statements) {
    const directory = await mkdtemp(join(tmpdir(), 'senio-formats-'))
    const file = join(directory, 'senio.db')
    const old = new DatabaseSync(file)
    old.exec(`BEGIN; ${statements} COMMIT`)
    old.close()
    const onFatal = (error: Error): never => {
      throw error
    }
    return {
      db: await openSqliteDatabase({ file, onFatal }),
      drop: () => rm(directory, { recursive: true }),
    }
  },
})
