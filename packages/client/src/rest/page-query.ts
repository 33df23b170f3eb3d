/** A page of a list. */
export interface PageQuery {
  readonly limit?: number | undefined
  /** What `next` of the page before said. */
  readonly cursor?: string | undefined
}
