/** Whether a text is what a view keeps as its panels: see docs/formats/data-dir.md. */
export function arePanels(text: string): boolean {
  let panels: unknown
  try {
    panels = JSON.parse(text)
  } catch {
    return false
  }
  return Array.isArray(panels) && panels.every(isPanel)
}

function isPanel(panel: unknown): boolean {
  if (!isRecord(panel) || typeof panel['columns'] !== 'number' || typeof panel['rows'] !== 'number')
    return false
  return Array.isArray(panel['fields']) && panel['fields'].every(isField)
}

function isField(field: unknown): boolean {
  return (
    isRecord(field) &&
    typeof field['id'] === 'number' &&
    typeof field['sensor'] === 'string' &&
    typeof field['field'] === 'string'
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
