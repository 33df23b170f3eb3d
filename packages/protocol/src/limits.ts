/** Columns of the grid that panels of a view are laid out on, from left to right and then down. */
export const VIEW_COLUMNS = 12
/** Most rows that a panel is high. */
export const MAX_PANEL_ROWS = 24
export const MAX_PANELS = 50
export const MAX_PANEL_FIELDS = 64

/** Longest text of a note, in UTF-16 units. */
export const MAX_NOTE_LENGTH = 2000
