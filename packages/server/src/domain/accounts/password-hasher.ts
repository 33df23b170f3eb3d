/** Makes and checks password hashes. Slow and hungry for memory on purpose, so it limits how many run at once. */
export interface PasswordHasher {
  /**
   * A self-describing string (PHC format) with its own salt.
   * @throws SenioError `overloaded` when too many wait already
   */
  hash(password: string): Promise<string>
  /**
   * Whether the password made the hash. null stands for an account that doesn't exist: it is never true and
   * takes as long as any other.
   * @throws SenioError `overloaded`
   */
  verify(password: string, hash: string | null): Promise<boolean>
}
