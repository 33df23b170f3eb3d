/**
 * A picture made lower without touching its columns: halved as often as that goes, each row the mean of two, and then
 * brought to its height. Smooth scaling by the browser would let columns flow into each other.
 * @param height in pixels; a lower picture is made higher
 */
export function squeeze(picture: ImageBitmap, height: number): ImageBitmap {
  let source: ImageBitmap | OffscreenCanvas = picture
  while (source.height / 2 >= height) source = drawn(source, source.height / 2)
  return source.height === height && source instanceof ImageBitmap
    ? source
    : drawn(source, height).transferToImageBitmap()
}

function drawn(source: ImageBitmap | OffscreenCanvas, height: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(source.width, Math.max(1, Math.round(height)))
  canvas.getContext('2d')?.drawImage(source, 0, 0, source.width, canvas.height)
  return canvas
}
