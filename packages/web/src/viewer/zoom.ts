/** How a picture lies in its stage. */
export interface Zoom {
  /** CSS pixels per pixel of the picture. */
  readonly scale: number
  /** The picture's centre from the stage's centre, in CSS pixels. */
  readonly x: number
  readonly y: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** Closer, single pixels of a picture are larger than fingertips. */
const LARGEST_SCALE = 16

/** The scale at which the whole picture fills the stage. */
export function fitScale(picture: Size, stage: Size): number {
  return Math.min(stage.width / picture.width, stage.height / picture.height)
}

/** The whole picture, in the middle. */
export function fit(picture: Size, stage: Size): Zoom {
  return { scale: fitScale(picture, stage), x: 0, y: 0 }
}

/** Whether there is more of the picture than the stage shows. */
export function isZoomed(zoom: Zoom, picture: Size, stage: Size): boolean {
  return zoom.scale > fitScale(picture, stage) * 1.001
}

/**
 * Another scale, with the point under the pointer staying under it.
 * @param x of the pointer from the stage's centre, like `y`
 */
export function zoomAround(
  zoom: Zoom,
  scale: number,
  point: { readonly x: number; readonly y: number },
  picture: Size,
  stage: Size,
): Zoom {
  const whole = fitScale(picture, stage)
  const next = Math.min(Math.max(LARGEST_SCALE, whole), Math.max(Math.min(whole, 1), scale))
  const factor = next / zoom.scale
  const moved = {
    scale: next,
    x: point.x - (point.x - zoom.x) * factor,
    y: point.y - (point.y - zoom.y) * factor,
  }
  return within(moved, picture, stage)
}

/** Moved back so that no edge of the picture leaves a gap that needn't be. */
export function within(zoom: Zoom, picture: Size, stage: Size): Zoom {
  const room = (length: number, view: number): number => Math.max(0, (length * zoom.scale - view) / 2)
  const clamp = (value: number, limit: number): number => Math.min(limit, Math.max(-limit, value))
  return {
    scale: zoom.scale,
    x: clamp(zoom.x, room(picture.width, stage.width)),
    y: clamp(zoom.y, room(picture.height, stage.height)),
  }
}
