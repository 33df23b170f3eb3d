/** Spellings that people store, and the sign that other people read. */
const SIGNS: Readonly<Record<string, string>> = {
  celsius: '°C',
  'degrees celsius': '°C',
  c: '°C',
  fahrenheit: '°F',
  f: '°F',
  kelvin: 'K',
  'relative %': '%',
  percent: '%',
  'percent relative': '%',
  lux: 'lx',
  degrees: '°',
  degree: '°',
  m3: 'm³',
  m2: 'm²',
  'ug/m3': 'µg/m³',
  'ug/m³': 'µg/m³',
}

/** A unit as it is shown; what isn't known stays as it is. */
export function shownUnit(unit: string): string {
  return SIGNS[unit.trim().toLowerCase()] ?? unit.trim()
}
