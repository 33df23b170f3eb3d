/**
 * The mark of a place for originals, which tells it from all others and stays with them when all of it is copied. Rules are
 * checked by `contract/place-mark.contract.ts`. Failures reject with SenioError `storage-failing` or `storage-full`.
 */
export interface PlaceMark {
  /** What kind of place it is, and what it is called. */
  readonly place: { readonly kind: 'bucket' | 'directory'; readonly name: string }
  /** Its id; null when it has no mark. */
  read(): Promise<string | null>
  /** Marks the place durably unless it is marked, of many callers one. Gives the id that it has then. */
  create(id: string): Promise<string>
  /** Marks it whether or not it is marked. For one caller at a time. */
  replace(id: string): Promise<void>
}
