/** Shortest and longest password of an account, in UTF-16 units. */
export const MIN_PASSWORD_LENGTH = 10
export const MAX_PASSWORD_LENGTH = 200
