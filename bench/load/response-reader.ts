/** One answer: a status of HTTP, or 200 and 500 for other protocols. */
export interface Answer {
  readonly status: number
  /** Bytes of the answer's body, or of all of it where the protocol has no body. */
  readonly bytes: number
}

/** Finds the ends of answers in what arrives on a connection. One request is under way at a time. */
export interface ResponseReader {
  /** The answer, when `chunk` ended it; null while more must come. @throws Error when it can't be understood */
  push(chunk: Buffer): Answer | null
}
