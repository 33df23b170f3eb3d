/** What the columns of ids hold, in every engine: those of PostgreSQL refuse a statement that compares them with more. */
const LARGEST = 2 ** 31 - 1

/** Of no row. */
const NOBODY = 0

/** An id that somebody asks for, from wherever it came: one that no row can have becomes one that no row has. */
export function askedId<Id extends number>(id: Id): Id {
  return (id >= NOBODY && id <= LARGEST ? id : NOBODY) as Id
}

/** The id after which a list goes on, likewise. */
export function idToGoOnAfter<Id extends number>(id: Id): Id {
  return Math.max(NOBODY, Math.min(id, LARGEST)) as Id
}
