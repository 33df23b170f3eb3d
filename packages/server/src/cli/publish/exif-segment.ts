/** Marker of the segment that holds EXIF (CIPA DC-008, 4.5.4), and of the start of the picture's data. */
const APP1 = 0xe1
const START_OF_SCAN = 0xda

/**
 * The EXIF segment of a JPEG, from its "Exif" on; null when there is none, or it isn't a JPEG. Segments: ITU-T
 * T.81, B.1.1.
 */
export function exifSegment(file: Uint8Array): Buffer | null {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null
  let offset = 2
  while (offset + 4 <= bytes.length && bytes[offset] === 0xff) {
    const marker = bytes[offset + 1]
    if (marker === 0xff) {
      // Any number of fill bytes may come before a marker.
      offset++
      continue
    }
    if (marker === START_OF_SCAN) return null
    const length = bytes.readUInt16BE(offset + 2)
    const content = bytes.subarray(offset + 4, offset + 2 + length)
    if (marker === APP1 && content.toString('latin1', 0, 6) === 'Exif\0\0') return content
    offset += 2 + Math.max(2, length)
  }
  return null
}
