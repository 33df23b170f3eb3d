import { fieldTypeNames, isFieldTypeName, SenioError } from '@senio/protocol'
import type { NewField } from '@senio/protocol/api'

/**
 * A field as written on the command line, `name:type[:unit]`: split at the first two colons, so that a unit may
 * hold more of them. Name and unit are checked by the domain.
 * @throws SenioError `parameter-invalid`
 */
export function parseFieldOption(text: string): Required<NewField> {
  const [, name, type, unit = ''] = /^([^:]*):([^:]*)(?::(.*))?$/s.exec(text) ?? []
  if (name === undefined || type === undefined || !isFieldTypeName(type)) {
    throw new SenioError(
      'parameter-invalid',
      `"${text}" is no field. Write name:type or name:type:unit, for example temp:scalar:celsius or cam1:image; ` +
        `the types are ${fieldTypeNames.join(', ')}.`,
      { field: 'field' },
    )
  }
  return { name, type, unit }
}
