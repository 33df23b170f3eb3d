import { createContext, useContext } from 'react'

/** How high a graph is drawn, in CSS pixels: the more room and the fewer tracks, the higher. */
export const TrackHeightContext = createContext(168)

export function useTrackHeight(): number {
  return useContext(TrackHeightContext)
}

export interface TrackCounts {
  /** Tracks that grow with the room. */
  readonly graphs: number
  /** Tracks of a fixed height. */
  readonly others: number
}

const LEAST = 120
const MOST = 380
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
  return Math.round(Math.max(LEAST, Math.min(MOST, view.width * MOST_OF_WIDTH, room)))
}
