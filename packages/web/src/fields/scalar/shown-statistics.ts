import { createStored } from '../../timeline/stored.ts'

/** Whether legends show least, mean and greatest of the range; the same for all graphs. */
export const statisticsShown = createStored<boolean | null>(
  'senio.statistics',
  (text) => (text === 'true' ? true : null),
  String,
)
