import { median, spread } from './statistics.ts'

/** A figure with three significant digits: 0.301, 12.3, 4,560. */
export function formatFigure(figure: number): string {
  if (Number.isNaN(figure)) return '?'
  if (Math.abs(figure) >= 1000) return Number(figure.toPrecision(3)).toLocaleString('en')
  return figure === 0
    ? '0'
    : figure
        .toPrecision(3)
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '')
}

/** The median and, of several rounds, the least and the greatest: 12.3 (11.9–13). Empty of none. */
export function formatRounds(rounds: readonly number[]): string {
  if (rounds.length === 0) return ''
  const middle = formatFigure(median(rounds))
  if (rounds.length === 1) return middle
  const [least, greatest] = spread(rounds)
  return `${middle} (${formatFigure(least)}–${formatFigure(greatest)})`
}

/** A table of Markdown with columns as wide as their widest cell. Columns after the first are aligned right. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const escaped = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))
  const widths = head.map((_, column) => Math.max(3, ...escaped.map((row) => (row[column] ?? '').length)))
  const lines = escaped.map((row) => {
    const cells = widths.map((width, column) =>
      column === 0 ? (row[column] ?? '').padEnd(width) : (row[column] ?? '').padStart(width),
    )
    return `| ${cells.join(' | ')} |`
  })
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [lines[0], `| ${rule.join(' | ')} |`, ...lines.slice(1)].join('\n')
}
