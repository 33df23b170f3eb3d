import type { TimeRange } from '@senio/protocol'
import type uPlot from 'uplot'
import { tickStep, timeTicks } from '../../timeline/time-ticks.ts'
import type { PlotBox } from '../../timeline/time-scale.ts'
import type { ShownField } from '../field-view.ts'
import { formatTicks } from './format-number.ts'
import { pointsToDraw } from './points-to-draw.ts'
import { niceStep, valueRange } from './value-axis.ts'
import type { ValueScale } from './value-scale.ts'

/** Colours as canvases understand them. */
export interface GraphColors {
  readonly text: string
  readonly grid: string
  readonly surface: string
  /** By field, in order. */
  readonly lines: readonly string[]
  readonly bands: readonly string[]
}

export interface GraphOptions {
  readonly width: number
  readonly height: number
  readonly plot: PlotBox
  readonly fields: readonly ShownField[]
  readonly shown: readonly boolean[]
  readonly colors: GraphColors
  readonly font: string
  /** The theme that the colours were read in. */
  readonly theme: string
  /** What is shown at the moment. */
  readonly range: () => TimeRange
  readonly scale: ValueScale
}

/** Each field is three series: the ends of its band, and its line. */
export const SERIES_PER_FIELD = 3
const LINE_WIDTH = 1.5
/** Between labels of the value axis; CSS pixels. */
const TICK_ROOM = 34
const LOW_TICK_ROOM = 22
const LOW_BELOW = 180
const TIME_LABEL_ROOM = 76

/**
 * A graph that draws and does nothing else: range, cursor and legend are the view's. Its x axis counts in ms, like
 * everything here.
 */
export function graphOptions(options: GraphOptions): uPlot.Options {
  const { width, height, plot, fields, shown, colors, font, theme, range, scale } = options
  const right = width - plot.left - plot.width
  const tickRoom = height < LOW_BELOW ? LOW_TICK_ROOM : TICK_ROOM
  let isEmpty = false
  return {
    width,
    height,
    class: theme,
    ms: 1,
    pxAlign: 1,
    padding: [8, right, 6, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, auto: false, range: () => [range().from, range().to] },
      y: {
        range(_, min, max) {
          isEmpty = min === null && scale === null
          return scale === null ? valueRange(min, max) : [...scale]
        },
      },
    },
    axes: [
      {
        size: 0,
        incrs: (_, __, min, max) => [max - min],
        space: 1,
        splits: () => timeTicks(range(), tickStep(range(), plot.width, TIME_LABEL_ROOM)),
        values: (_, splits) => splits.map(() => null),
        grid: { stroke: colors.grid, width: 1 },
        ticks: { show: false },
      },
      {
        size: plot.left,
        gap: 5,
        font,
        stroke: colors.text,
        incrs: (_, __, min, max, room) => [niceStep(((max - min) * tickRoom) / room)],
        space: 1,
        // Without values an axis would measure nothing.
        values: (_, splits, __, ___, step) => (isEmpty ? splits.map(() => '') : formatTicks(splits, step)),
        grid: { stroke: colors.grid, width: 1 },
        ticks: { show: false },
      },
    ],
    series: [{}, ...fields.flatMap((_, index) => fieldSeries(index, shown[index] ?? true, colors))],
    bands: fields.map((_, index) => ({
      series: [index * SERIES_PER_FIELD + 3, index * SERIES_PER_FIELD + 1],
      fill: colors.bands[index] ?? colors.grid,
    })),
  }
}

/** Least, mean, greatest: in this order in the data, too. */
function fieldSeries(index: number, show: boolean, colors: GraphColors): uPlot.Series[] {
  const stroke = colors.lines[index] ?? colors.text
  const edge: uPlot.Series = { show, width: 0, points: { show: false } }
  return [
    edge,
    {
      show,
      stroke,
      width: LINE_WIDTH,
      points: {
        show: true,
        size: 6,
        width: 0,
        fill: stroke,
        filter: (self, series) => {
          const [from, to] = self.series[0]?.idxs ?? [0, -1]
          return pointsToDraw(self.data[series] ?? [], from, to, self.width)
        },
      },
    },
    edge,
  ]
}
