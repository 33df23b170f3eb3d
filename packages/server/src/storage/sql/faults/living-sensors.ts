import { type Asking, askNumber, query } from './asking.ts'

/** The first sensor with this id or a later one that isn't deleted; null when there is none. */
export function livingSensorAfter(id: number): Asking<number | null> {
  return askNumber(query('SELECT id FROM sensor WHERE deleted = 0 AND id >= $1 ORDER BY id LIMIT 1', id))
}

/** How people know it. */
export function* nameOfSensor(id: number): Asking<string> {
  const [row] = yield query('SELECT name FROM sensor WHERE id = $1', id)
  return row === undefined ? `the sensor ${id}` : `the sensor "${String(row[0])}"`
}
