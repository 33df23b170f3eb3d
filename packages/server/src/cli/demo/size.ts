/** Pixels of a picture of the demo. */
export const WIDTH = 960
export const HEIGHT = 640

/** Where the ground meets the sky, pixels from the top. */
export const HORIZON = 400
