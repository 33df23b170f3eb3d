import { isStorableText } from '@senio/protocol'
import type { TagListJson } from '@senio/protocol/api'
import type { MeasurementStore } from '../../storage/measurement-store.ts'
import type { Sensor } from '../../storage/sensor-store.ts'
import { toPage } from '../page.ts'
import { decodeTextCursor } from './cursor.ts'

export interface TagsQuery {
  /** Only words that contain it, whatever the case. */
  readonly search?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** The words that a sensor's measurements are found by, ordered. @throws SenioError `parameter-invalid` */
export async function listTags(
  store: MeasurementStore,
  sensor: Sensor,
  { search = '', limit, cursor }: TagsQuery,
): Promise<TagListJson> {
  const after = cursor === undefined ? null : decodeTextCursor(cursor)
  if (!isStorableText(search) || !isStorableText(after ?? '')) return { tags: [], next: null }
  const words = await store.tags({
    sensor: sensor.id,
    ...(search === '' ? {} : { search }),
    after,
    limit: limit + 1,
  })
  const { items, next } = toPage(words, limit, (word) => word)
  return { tags: [...items], next }
}
