import type { CliCommand, Settings } from './command.ts'
import { backupCommand } from './backup/backup.ts'
import { restoreCommand } from './backup/restore.ts'
import { copyCommand } from './copy/copy.ts'
import { checkCommand } from './check/check.ts'
import { demoCommand } from './demo/demo.ts'
import { fieldAdd } from './field/add.ts'
import { fieldChange } from './field/change.ts'
import { fieldDelete } from './field/delete.ts'
import { keyCreate } from './key/create.ts'
import { keyList } from './key/list.ts'
import { keyRevoke } from './key/revoke.ts'
import { migrateCommand } from './migrate.ts'
import { publishCommand } from './publish/publish.ts'
import { sensorClear } from './sensor/clear.ts'
import { sensorCreate } from './sensor/create.ts'
import { sensorDelete } from './sensor/delete.ts'
import { sensorList } from './sensor/list.ts'
import { sensorOrder } from './sensor/order.ts'
import { sensorRename } from './sensor/rename.ts'
import { sensorShow } from './sensor/show.ts'
import { serveCommand } from './serve.ts'
import { tokenCreate } from './token/create.ts'
import { tokenList } from './token/list.ts'
import { tokenRevoke } from './token/revoke.ts'
import { userCreate } from './user/create.ts'
import { userDelete } from './user/delete.ts'
import { userList } from './user/list.ts'
import { userPassword } from './user/password.ts'
import { userSignOut } from './user/sign-out.ts'
import { viewDelete } from './view/delete.ts'
import { viewList } from './view/list.ts'
import { viewShow } from './view/show.ts'

/** The first words of commands that have two. */
export const groups: Readonly<Record<string, string>> = {
  user: 'accounts: create, list, delete, password, sign-out',
  sensor: 'sensors: create, list, show, rename, order, clear, delete',
  field: "a sensor's fields: add, change, delete",
  key: "a sensor's device keys: create, list, revoke",
  token: 'personal API tokens: create, list, revoke',
  view: 'views of several sensors: list, show, delete',
}

/** Every command, in the order in which help lists them. */
export const commands: readonly CliCommand<Settings>[] = [
  serveCommand,
  publishCommand,
  userCreate,
  userList,
  userDelete,
  userPassword,
  userSignOut,
  sensorCreate,
  sensorList,
  sensorShow,
  sensorRename,
  sensorOrder,
  sensorClear,
  sensorDelete,
  fieldAdd,
  fieldChange,
  fieldDelete,
  keyCreate,
  keyList,
  keyRevoke,
  tokenCreate,
  tokenList,
  tokenRevoke,
  viewList,
  viewShow,
  viewDelete,
  demoCommand,
  migrateCommand,
  copyCommand,
  backupCommand,
  restoreCommand,
  checkCommand,
]
