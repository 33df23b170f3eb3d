import type { ByteCursor, Reading } from './byte-cursor.ts'

/**
 * Reads a picture from behind its magic bytes. Calls `onSize` once with width and height in pixels, as stored,
 * when it comes to them. Returns true when the format's end is reached, false when it can't find the way there;
 * in either case what follows needn't be read.
 */
export type FormatReader = (
  bytes: ByteCursor,
  onSize: (width: number, height: number) => void,
) => Reading<boolean>
