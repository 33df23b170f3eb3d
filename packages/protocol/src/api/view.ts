import { z } from 'zod'
import { MAX_PANEL_FIELDS, MAX_PANEL_ROWS, MAX_PANELS, VIEW_COLUMNS } from '../limits.ts'
import { cursorParameter, limitParameter, nextSchema, timestampSchema } from './common.ts'

const columnsSchema = z.number().int().min(1).max(VIEW_COLUMNS)
const rowsSchema = z.number().int().min(1).max(MAX_PANEL_ROWS)

/**
 * A field that a panel shows. A view keeps its fields when they or their sensors are renamed. When one is deleted,
 * it stays with the names that it had when the view was last saved, and `deleted` is true: show a gap.
 */
export const viewFieldSchema = z
  .object({ sensor: z.string(), field: z.string(), deleted: z.boolean() })
  .meta({ id: 'ViewField' })
export type ViewFieldJson = z.infer<typeof viewFieldSchema>

export const viewPanelSchema = z
  .object({ columns: columnsSchema, rows: rowsSchema, fields: z.array(viewFieldSchema) })
  .meta({ id: 'ViewPanel' })
export type ViewPanelJson = z.infer<typeof viewPanelSchema>

export const viewSchema = z
  .object({
    id: z.number().int(),
    name: z.string(),
    /** In the order in which they are shown. */
    panels: z.array(viewPanelSchema),
    created: timestampSchema,
    changed: timestampSchema,
  })
  .meta({ id: 'View' })
export type ViewJson = z.infer<typeof viewSchema>

/** Ordered by name. */
export const viewListSchema = z.object({ views: z.array(viewSchema), next: nextSchema })
export type ViewListJson = z.infer<typeof viewListSchema>

export const viewListQuerySchema = z.strictObject({
  limit: limitParameter(50, 50),
  cursor: cursorParameter.optional(),
})

/** As a view gives it: `deleted` may be sent back, and means nothing. */
const requestedPanelSchema = z.strictObject({
  columns: columnsSchema,
  rows: rowsSchema,
  fields: z
    .array(z.strictObject({ sensor: z.string(), field: z.string(), deleted: z.boolean().optional() }))
    .max(MAX_PANEL_FIELDS),
})
const requestedPanelsSchema = z.array(requestedPanelSchema).max(MAX_PANELS)

/** A panel as somebody asks for it. */
export interface NewViewPanel {
  /** 1 to 12. */
  readonly columns: number
  /** 1 to 24. */
  readonly rows: number
  readonly fields: readonly { readonly sensor: string; readonly field: string }[]
}

/** `POST /views`. */
export const createViewRequestSchema = z.strictObject({
  name: z.string(),
  panels: requestedPanelsSchema.default([]),
})
export type CreateViewRequest = { readonly name: string; readonly panels?: readonly NewViewPanel[] }

/**
 * `PATCH /views/:id`: another name, other panels. Fields that the view has and that were deleted may stay; all
 * others must exist.
 */
export const updateViewRequestSchema = z.strictObject({
  name: z.string().optional(),
  panels: requestedPanelsSchema.optional(),
})
export type UpdateViewRequest = { readonly name?: string; readonly panels?: readonly NewViewPanel[] }
