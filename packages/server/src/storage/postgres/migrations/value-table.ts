import type { Capabilities } from '../capabilities.ts'

const DAY = 86_400_000

/** Before this nothing is published; after that nobody will remember. In between partitions are made when needed. */
export const EARLIEST = Date.UTC(1970, 0)
export const LATEST = Date.UTC(2200, 0)

/** A value is a number (`n`), text (`x`, in UTF-8: PostgreSQL's own knows no NUL) or bytes (`b`). */
const COLUMNS = `
  sensor integer NOT NULL,
  field integer NOT NULL,
  ts double precision NOT NULL,
  n double precision,
  x bytea,
  b bytea,
  CHECK (num_nonnulls(n, x, b) = 1)`

const INDEX_OF_BYTES = 'CREATE INDEX value_bytes ON value (b, sensor, field) WHERE b IS NOT NULL;'

/** ms of the last timestamp that there can be, and with a minus of the first. */
const LAST_TIME = 8.64e15

/** What TimescaleDB finds chunks by. Queries name bounds beyond all timestamps, too, and it is asked about those as well. */
export const WHOLE_MS = `CREATE FUNCTION whole_ms(ts double precision) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS 'SELECT floor(greatest(least(ts, ${LAST_TIME}), -${LAST_TIME}))::bigint';`

/** The table of values: a hypertable where there are any, otherwise partitioned by us (see `Partitions`). */
export function valueTableSql({ hypertables }: Capabilities): string {
  if (hypertables) {
    return `
CREATE TABLE value (${COLUMNS},
  PRIMARY KEY (sensor, field, ts)
);
${INDEX_OF_BYTES}
${WHOLE_MS}
SELECT create_hypertable('value', 'ts', chunk_time_interval => ${30 * DAY}::bigint,
  time_partitioning_func => 'whole_ms', create_default_indexes => false);`
  }
  return `
CREATE TABLE value (${COLUMNS},
  PRIMARY KEY (sensor, field, ts)
) PARTITION BY RANGE (ts);
${INDEX_OF_BYTES}
CREATE TABLE value_early PARTITION OF value FOR VALUES FROM (MINVALUE) TO (${EARLIEST});
CREATE TABLE value_late PARTITION OF value FOR VALUES FROM (${LATEST}) TO (MAXVALUE);`
}
