import type { MeasurementStore } from '../measurement-store.ts'
import type { Reader } from './reader/reader.ts'
import { SeriesCalls } from './reader/series-calls.ts'
import type { Writer } from './writer/writer.ts'

/** Measurements in SQLite: see docs/formats/data-dir.md. */
export function sqliteMeasurementStore(reader: Reader, writer: Writer): MeasurementStore {
  const seriesCalls = new SeriesCalls((queries) => reader.call('series', queries))
  return {
    append: (measurements, images) => writer.append(measurements, images),
    series: (query) => seriesCalls.ask(query),
    valuesAt: (fields, at) => reader.call('valuesAt', { fields, at }),
    page: (query) => reader.call('page', query),
    evenlySpaced: (query) => reader.call('evenlySpaced', query),
    tags: (query) => reader.call('tags', query),
    extent: (fields) => reader.call('extent', fields),
    hasValue: (fields, value) => reader.call('hasValue', { fields, value: new Uint8Array(value) }),
    async deleteRange(query) {
      let deleted = 0
      for (;;) {
        const step = await writer.deleteRangeStep(query)
        if (step === 0) return deleted
        deleted += step
      }
    },
    async purgeDeleted() {
      while (await writer.purgeStep());
    },
  }
}
