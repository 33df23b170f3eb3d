import type { Prepared } from '../pipeline.ts'

/** Holds sensors in the order of their ids. Divides by zero, which undoes everything, unless they are as we left them. */
export const HOLD: Prepared = {
  name: 'hold',
  text: `SELECT 1 / (count(*) = $3)::int FROM (SELECT 1 FROM sensor
    WHERE id = ANY($1::int[]) AND writer = $2::bigint AND deleted = 0 ORDER BY id FOR NO KEY UPDATE) held`,
}

export const ADD_NUMBERS: Prepared = {
  name: 'add_numbers',
  text: `INSERT INTO value (sensor, field, ts, n)
    SELECT * FROM unnest($1::int[], $2::int[], $3::float8[], $4::float8[])`,
}

export const ADD_TEXTS: Prepared = {
  name: 'add_texts',
  text: `INSERT INTO value (sensor, field, ts, x)
    SELECT * FROM unnest($1::int[], $2::int[], $3::float8[], $4::bytea[])`,
}

export const WRITE_ROLLUPS: Prepared = {
  name: 'write_rollups',
  text: `INSERT INTO rollup SELECT * FROM unnest($1::int[], $2::int[], $3::int2[], $4::float8[], $5::bigint[],
      $6::float8[], $7::float8[], $8::float8[], $9::float8[], $10::float8[], $11::int2[], $12::float8[])
    ON CONFLICT (sensor, field, level, start) DO UPDATE SET count = excluded.count, sum = excluded.sum,
      min = excluded.min, max = excluded.max, first = excluded.first, last = excluded.last,
      state = excluded.state, on_ms = excluded.on_ms`,
}

/** All of them: what a connection must have prepared. */
export const PREPARED: readonly Prepared[] = [HOLD, ADD_NUMBERS, ADD_TEXTS, WRITE_ROLLUPS]
