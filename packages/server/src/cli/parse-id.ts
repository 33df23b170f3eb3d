import { SenioError } from '@senio/protocol'

/**
 * The number of a key or token, as lists show it.
 * @throws SenioError `parameter-invalid`
 */
export function parseId(text: string | undefined): number {
  if (text !== undefined && /^\d{1,15}$/.test(text)) return Number(text)
  throw new SenioError('parameter-invalid', `"${text ?? ''}" is no id: it is a number that the list shows.`, {
    field: 'id',
  })
}
