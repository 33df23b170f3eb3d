import { createContext, useContext } from 'react'

/** The height of a panel that nobody made higher or lower; in rows. */
export const USUAL_ROWS = 4

/** How high a graph is drawn, in CSS pixels: the more room and the fewer tracks, the higher. */
export const TrackHeightContext = createContext(168)

export function useTrackHeight(): number {
  return useContext(TrackHeightContext)
}

/** How high tracks of a fixed height are, by their usual height. */
export const TrackScaleContext = createContext(1)

export function useTrackScale(): number {
  return useContext(TrackScaleContext)
}

export interface TrackCounts {
  /** Tracks that grow with the room; one of twice the usual height counts twice. */
  readonly graphs: number
  /** Tracks of a fixed height. */
  readonly others: number
}

const LEAST = 120
const MOST = 380
/** On walls of screens that much of the height. */
const MOST_OF_HEIGHT = 0.28
const MOST_OF_WIDTH = 0.42
/** Above and below the tracks: titles, range bar, axis, overview. */
const AROUND = 306
/** A graph's line above its plot. */
const HEADER = 44
const OTHER = 96

/** The height that shows all tracks at once, where that leaves graphs high enough. */
export function trackHeight(
  view: { width: number; height: number },
  { graphs, others }: TrackCounts,
): number {
  const room = (view.height - AROUND - others * OTHER) / Math.max(1, graphs) - HEADER
  return Math.round(
    Math.max(LEAST, Math.min(Math.max(MOST, view.height * MOST_OF_HEIGHT), view.width * MOST_OF_WIDTH, room)),
  )
}

const LEAST_SCALE = 0.6
const MOST_SCALE = 3
const MOST_FIXED_SCALE = 2

/** How much higher than usual a panel of so many rows is. */
export function rowScale(rows: number): number {
  return Math.min(MOST_SCALE, Math.max(LEAST_SCALE, rows / USUAL_ROWS))
}

/** The same for tracks of a fixed height, which lose sense when they are very high. */
export function fixedScale(rows: number): number {
  return Math.min(MOST_FIXED_SCALE, rowScale(rows))
}
