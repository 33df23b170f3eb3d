import { DAY } from '@senio/protocol'
import { startAt, TOP } from '../sql/pyramid/levels.ts'
import { present, type TestSensor, time } from './database-under-test.ts'

/** What engines say differently of the rows that a test damages. */
export interface DamageSql {
  /** Assignments that make a value a number, a text or bytes (hex). */
  number(value: number): string
  text(value: string): string
  bytes(hex: string): string
  /** Columns and literals of what a value or rollup belongs to. */
  readonly ownerColumns: string
  owner(sensor: number, field: number): string
  /** Literals of a word of tags, and of bytes (hex). */
  word(word: string): string
  hex(hex: string): string
}

export interface Damage {
  readonly name: string
  readonly sql: (sensor: TestSensor, at: number, engine: DamageSql) => string
  /** What must be said of it. */
  readonly named: (sensor: TestSensor, at: number) => RegExp
}

/** Fields of a sensor that is damaged, in their order. */
export const DAMAGED_TYPES = ['scalar', 'boolean', 'location', 'image'] as const

/** Something that doesn't exist. */
const NOTHING = 987_654

const fieldOf = ({ fields }: TestSensor, n: number): number => present(fields[n])
const [SCALAR, BOOLEAN, LOCATION, IMAGE] = [0, 1, 2, 3]

/**
 * What disks, people and other programs may do to rows, each to a sensor of its own with two hundred measurements from
 * `at` on, a second apart; the first has the tags `a` and `b`, a place and a picture.
 */
export const damages: readonly Damage[] = [
  {
    name: 'a rollup is missing',
    sql: (s) =>
      `DELETE FROM rollup WHERE field = ${fieldOf(s, SCALAR)} AND level = 2 AND start = (
         SELECT max(start) FROM rollup WHERE field = ${fieldOf(s, SCALAR)} AND level = 2)`,
    named: (s) => new RegExp(`rollup of the field ${fieldOf(s, SCALAR)} .*level 2, .*is missing`),
  },
  {
    name: 'the widest rollups are missing',
    sql: (s) => `DELETE FROM rollup WHERE field = ${fieldOf(s, BOOLEAN)} AND level = ${TOP}`,
    named: (s) => new RegExp(`rollup of the field ${fieldOf(s, BOOLEAN)} .*level 7, .*is missing`),
  },
  {
    name: 'a rollup says that a state was another one',
    sql: (s) => `UPDATE rollup SET state = 1 - state WHERE field = ${fieldOf(s, BOOLEAN)} AND level = ${TOP}`,
    named: (s) => new RegExp(`rollup of the field ${fieldOf(s, BOOLEAN)} .*does not agree`),
  },
  {
    name: 'a rollup summarises nothing',
    sql: (s, at, engine) =>
      rollup(engine, s.id, fieldOf(s, SCALAR), TOP, startAt(TOP, time(at)) - 10 * 16 * DAY),
    named: (s) => new RegExp(`rollup of the field ${fieldOf(s, SCALAR)} .*summarises nothing`),
  },
  {
    name: 'a rollup is where none is needed',
    sql: (s, at, engine) => rollup(engine, s.id, fieldOf(s, LOCATION), TOP - 1, startAt(TOP - 1, time(at))),
    named: (s) => new RegExp(`rollup of the field ${fieldOf(s, LOCATION)} .*is of no use`),
  },
  {
    name: 'a rollup is of no level',
    sql: (s, at, engine) => rollup(engine, s.id, fieldOf(s, SCALAR), 9, startAt(TOP, time(at))),
    named: (s) => new RegExp(`the field ${fieldOf(s, SCALAR)} .*level 9`),
  },
  {
    name: 'a number is another one',
    sql: (s, at, engine) => set(s, SCALAR, at, engine.number(4711)),
    named: (s) => new RegExp(`rollup of the field ${fieldOf(s, SCALAR)} .*does not agree`),
  },
  {
    name: 'two states have changed places',
    sql: (s, at, engine) =>
      `${set(s, BOOLEAN, at + 199_000, engine.number(0))};
       ${set(s, BOOLEAN, at + 198_000, engine.number(1))}`,
    named: (s) => new RegExp(`rollup of the field ${fieldOf(s, BOOLEAN)} .*does not agree`),
  },
  {
    name: 'values are missing',
    sql: (s, at) =>
      `DELETE FROM value WHERE field = ${fieldOf(s, SCALAR)} AND ts >= ${time(at + 50_000)} AND ts < ${time(at + 60_000)}`,
    named: (s) => new RegExp(`rollup of the field ${fieldOf(s, SCALAR)} .*does not agree`),
  },
  {
    name: 'a state is neither on nor off',
    sql: (s, at, engine) => set(s, BOOLEAN, at, engine.number(7)),
    named: (s, at) => new RegExp(`the field ${fieldOf(s, BOOLEAN)} .*holds no boolean at ${time(at)}`),
  },
  {
    name: 'a text is in the place of a number',
    sql: (s, at, engine) => set(s, SCALAR, at, engine.text('x')),
    named: (s, at) => new RegExp(`the field ${fieldOf(s, SCALAR)} .*holds no scalar at ${time(at)}`),
  },
  {
    name: 'a place is no JSON',
    sql: (s, at, engine) => set(s, LOCATION, at, engine.text('{nonsense')),
    named: (s, at) => new RegExp(`the field ${fieldOf(s, LOCATION)} .*holds no location at ${time(at)}`),
  },
  {
    name: 'a place is not on the earth',
    sql: (s, at, engine) => set(s, LOCATION, at, engine.text('{"lat":99,"lon":0}')),
    named: (s, at) => new RegExp(`the field ${fieldOf(s, LOCATION)} .*holds no location at ${time(at)}`),
  },
  {
    name: 'a hash is too short',
    sql: (s, at, engine) => set(s, IMAGE, at, engine.bytes('010203')),
    named: (s, at) => new RegExp(`the field ${fieldOf(s, IMAGE)} .*holds no image at ${time(at)}`),
  },
  {
    name: 'nothing is known of a picture',
    sql: (s, at, engine) => set(s, IMAGE, at, engine.bytes('ab'.repeat(20))),
    named: (s, at) =>
      new RegExp(`the field ${fieldOf(s, IMAGE)} .*at ${time(at)} refers to the picture (?:ab){20}`),
  },
  {
    name: 'there are values of no field',
    sql: (s, at) =>
      `UPDATE value SET field = ${NOTHING} WHERE field = ${fieldOf(s, LOCATION)} AND ts = ${time(at)};
       DELETE FROM rollup WHERE field = ${fieldOf(s, LOCATION)}`,
    named: () => new RegExp(`there are values of the field ${NOTHING}`),
  },
  {
    name: 'there are rollups of no field',
    sql: (s, at, engine) => rollup(engine, s.id, NOTHING + 1, TOP, startAt(TOP, time(at))),
    named: () => new RegExp(`there are rollups of the field ${NOTHING + 1}`),
  },
  {
    name: 'there are tags of no sensor',
    sql: (_, at) => `INSERT INTO measurement_tags VALUES (${NOTHING}, ${time(at)}, '["a"]')`,
    named: () => new RegExp(`tags of the sensor ${NOTHING},`),
  },
  {
    name: 'there are words of no sensor',
    sql: (_, at, engine) => `INSERT INTO tag_word VALUES (${NOTHING + 1}, ${engine.word('a')}, ${time(at)})`,
    named: () => new RegExp(`tags of the sensor ${NOTHING + 1},`),
  },
  {
    name: 'there are tags without a value',
    sql: (s, at) => `INSERT INTO measurement_tags VALUES (${s.id}, ${time(at) + 0.5}, '[]')`,
    named: (_, at) => new RegExp(`has tags at ${time(at) + 0.5}, and no value`),
  },
  {
    name: 'a word of tags is missing',
    sql: (s, _, engine) => `DELETE FROM tag_word WHERE sensor = ${s.id} AND word = ${engine.word('b')}`,
    named: (_, at) => new RegExp(`at ${time(at)} can't be found by its tag "b"`),
  },
  {
    name: 'there is a word that is no tag',
    sql: (s, at, engine) => `INSERT INTO tag_word VALUES (${s.id}, ${engine.word('zzz')}, ${time(at)})`,
    named: (_, at) => new RegExp(`at ${time(at)} is found by "zzz"`),
  },
  {
    name: 'tags are no JSON',
    sql: (s) => `UPDATE measurement_tags SET tags = '{nonsense' WHERE sensor = ${s.id}`,
    named: (_, at) => new RegExp(`the tags of .* at ${time(at)} are none`),
  },
  {
    name: 'a field is of a type that there isn’t',
    sql: (s) => `UPDATE field SET type = 'colour' WHERE id = ${fieldOf(s, SCALAR)}`,
    named: (s) => new RegExp(`the field ${fieldOf(s, SCALAR)} has the type "colour"`),
  },
  {
    name: 'the panels of a view are no JSON',
    sql: (s) =>
      `INSERT INTO view (account, name, panels, created, changed) VALUES (${s.sensor.owner}, 'broken', '{', 0, 0)`,
    named: () => /the panels of the view \d+ are none/,
  },
  {
    name: 'a view is nobody’s',
    sql: () =>
      `INSERT INTO view (account, name, panels, created, changed) VALUES (${NOTHING}, 'lost', '[]', 0, 0)`,
    named: () => /in the table view belong to the account/,
  },
  {
    name: 'a sensor is nobody’s',
    sql: (s) => `UPDATE sensor SET owner = ${NOTHING} WHERE id = ${s.id}`,
    named: () => /in the table sensor belong to the account/,
  },
  {
    name: 'a field is no sensor’s',
    sql: () =>
      `INSERT INTO field (sensor, name, type, unit, position) VALUES (${NOTHING}, 'lost', 'scalar', '', 0)`,
    named: () => /in the table field belong to the sensor/,
  },
  {
    name: 'a session is nobody’s',
    sql: () =>
      `INSERT INTO session (token_hash, account, created, expires) VALUES ('lost', ${NOTHING}, 0, 0)`,
    named: () => /in the table session belong to the account/,
  },
  {
    name: 'an API token is nobody’s',
    sql: () =>
      `INSERT INTO api_token (account, token_hash, label, created) VALUES (${NOTHING}, 'lost', '', 0)`,
    named: () => /in the table api_token belong to the account/,
  },
  {
    name: 'a device key is no sensor’s',
    sql: () => `INSERT INTO device_key (sensor, key_hash, label, created) VALUES (${NOTHING}, 'lost', '', 0)`,
    named: () => /in the table device_key belong to the sensor/,
  },
  {
    name: 'a note is no sensor’s',
    sql: () =>
      `INSERT INTO note (sensor, starts, text, created, changed) VALUES (${NOTHING}, 0, 'lost', 0, 0)`,
    named: () => /in the table note belong to the sensor/,
  },
  {
    name: 'a picture is of no format',
    sql: (_, __, engine) =>
      `INSERT INTO image (sha1, sha256, media_type, bytes, damaged, created)
       VALUES (${engine.hex('cd'.repeat(20))}, ${engine.hex('00'.repeat(32))}, 'text/html', 1, 0, 0)`,
    named: () => /the picture (?:cd){20} has no right media type/,
  },
]

function set(sensor: TestSensor, field: number, at: number, assignments: string): string {
  return `UPDATE value SET ${assignments} WHERE field = ${fieldOf(sensor, field)} AND ts = ${time(at)}`
}

function rollup(engine: DamageSql, sensor: number, field: number, level: number, start: number): string {
  return `INSERT INTO rollup (${engine.ownerColumns}, level, start, count, sum, min, max)
    VALUES (${engine.owner(sensor, field)}, ${level}, ${start}, 1, 0, 0, 0)`
}
