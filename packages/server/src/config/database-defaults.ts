/** What holds for a PostgreSQL database unless it is set otherwise; times in seconds. */
export const databaseDefaults = {
  connections: 10,
  timeout: 30,
  lockTimeout: 10,
  connectTimeout: 5,
} as const
