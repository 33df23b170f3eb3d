/** Which place the pictures of a database are in: that with a certain mark. Rules are checked by `contract/node-stores.contract.ts`. */
export interface PicturePlaceStore {
  /** The id of its mark; null while that isn't known. */
  known(): Promise<string | null>
  /** Makes a place the known one unless there is one, of many callers one. Gives the known one. */
  claim(mark: string): Promise<string>
  /** Makes it the known one, whichever was before. */
  set(mark: string): Promise<void>
}
