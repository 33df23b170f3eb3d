/** What nodes share beside what people own: see docs/formats/data-dir.md. */
export interface NodeTables {
  readonly sign_in_attempts: {
    readonly key: string
    readonly failures: number
    readonly blocked_until: number
    readonly expires: number
  }
  readonly setup_token: { readonly token_hash: string }
  readonly picture_place: {
    /** 1: there is at most one row. */
    readonly id: number
    readonly mark: string
  }
  readonly task: { readonly name: string; readonly claimed_until: number }
}
