/** What server, web app and client share: vocabulary, formats, errors. No I/O. */
export {
  type TimestampMs,
  type DurationMs,
  type TimeRange,
  SECOND,
  MINUTE,
  HOUR,
  DAY,
  LOOKS_LIKE_SECONDS_BELOW,
  MAX_AHEAD,
  timestampMs,
  durationMs,
} from './time.ts'
export { isStorableText } from './text.ts'
export { VIEW_COLUMNS, MAX_PANEL_ROWS, MAX_PANELS, MAX_PANEL_FIELDS, MAX_NOTE_LENGTH } from './limits.ts'
export {
  type KeogramColumn,
  KEOGRAM_TILE_COLUMNS,
  KEOGRAM_TILE_HEIGHT,
  keogramColumns,
  keogramTileRange,
} from './keogram.ts'
export { MIN_PASSWORD_LENGTH, MAX_PASSWORD_LENGTH } from './password-length.ts'
export {
  MAX_NAME_LENGTH,
  MAX_UNIT_LENGTH,
  normaliseName,
  parseSensorName,
  parseFieldName,
  parseViewName,
  parseUnit,
} from './names.ts'
export { type Tags, MAX_TAGS, MAX_TAG_LENGTH, parseTags, tagWords } from './tags.ts'
export {
  type Fault,
  type ErrorKind,
  type ErrorCode,
  errorRegistry,
  errorCodes,
  errorKind,
} from './errors/registry.ts'
export { type ErrorContext, SenioError } from './errors/senio-error.ts'
export { type Problem, toProblem } from './errors/problem.ts'
export { type FieldTypeName, fieldTypeNames, isFieldTypeName } from './fields/field-type-names.ts'
export { type FieldFormat, type Parsed, type Summary, parsed, notParsed } from './fields/field-format.ts'
export { type ScalarValue, scalarFormat } from './fields/scalar.ts'
export { type BooleanValue, booleanFormat } from './fields/boolean.ts'
export { type LocationValue, locationFormat } from './fields/location.ts'
export { type ImageValue, type ImageMediaType, imageMediaTypes, imageFormat } from './fields/image.ts'
export { type FieldValue, fieldFormats, fieldFormat } from './fields/index.ts'
