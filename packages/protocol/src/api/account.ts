import { z } from 'zod'
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../password-length.ts'
import { isStorableText } from '../text.ts'
import { cursorParameter, limitParameter, nextSchema, timestampSchema } from './common.ts'

export const emailSchema = z.email().max(254)

/** Any characters. */
export const passwordSchema = z.string().min(MIN_PASSWORD_LENGTH).max(MAX_PASSWORD_LENGTH)

export const roleSchema = z.enum(['admin', 'member'])

export const accountSchema = z
  .object({ id: z.number().int(), email: z.string(), role: roleSchema, created: timestampSchema })
  .meta({ id: 'Account' })
export type AccountJson = z.infer<typeof accountSchema>

/** `GET /setup`: whether this installation still waits for its first account. */
export const setupStateSchema = z.object({ needed: z.boolean() }).meta({ id: 'SetupState' })
export type SetupStateJson = z.infer<typeof setupStateSchema>

/** `POST /setup`: the first account, by the one-time token of the printed link. Signs in. */
export const setupRequestSchema = z.strictObject({
  token: z.string(),
  email: emailSchema,
  password: passwordSchema,
})
export type SetupRequest = z.infer<typeof setupRequestSchema>

/** `POST /session`. */
export const signInRequestSchema = z.strictObject({
  email: z.string().max(254),
  password: z.string().max(1000),
})
export type SignInRequest = z.infer<typeof signInRequestSchema>

/** `GET /me`, and the answer to `POST /session` and `POST /setup`. */
export const meSchema = accountSchema
export type MeJson = AccountJson

/** `PATCH /me`: a new password ends every other session. */
export const changePasswordRequestSchema = z.strictObject({
  currentPassword: z.string().max(1000),
  newPassword: passwordSchema,
})
export type ChangePasswordRequest = z.infer<typeof changePasswordRequestSchema>

/** `POST /accounts`, administrators only. */
export const createAccountRequestSchema = z.strictObject({ email: emailSchema, password: passwordSchema })
export type CreateAccountRequest = z.infer<typeof createAccountRequestSchema>

export const pageQuerySchema = z.strictObject({
  limit: limitParameter(1000, 100),
  cursor: cursorParameter.optional(),
})

export const accountListSchema = z.object({ accounts: z.array(accountSchema), next: nextSchema })
export type AccountListJson = z.infer<typeof accountListSchema>

/** A session of the web app. */
export const sessionSchema = z
  .object({
    id: z.string().meta({ description: '16 hex digits' }),
    created: timestampSchema.meta({ description: 'when it began, by signing in' }),
    expires: timestampSchema.meta({
      description: 'when it ends if it is not used before; 30 days after `created` at the latest',
    }),
    current: z.boolean().meta({ description: 'whether it is that of whoever asks' }),
  })
  .meta({ id: 'Session' })
export type SessionJson = z.infer<typeof sessionSchema>

/** `GET /sessions`: newest first. */
export const sessionListSchema = z.object({ sessions: z.array(sessionSchema), next: nextSchema })
export type SessionListJson = z.infer<typeof sessionListSchema>

export const apiTokenSchema = z
  .object({
    id: z.number().int(),
    label: z.string(),
    created: timestampSchema,
    lastUsed: timestampSchema.nullable(),
  })
  .meta({ id: 'ApiToken' })
export type ApiTokenJson = z.infer<typeof apiTokenSchema>

export const apiTokenListSchema = z.object({ tokens: z.array(apiTokenSchema), next: nextSchema })
export type ApiTokenListJson = z.infer<typeof apiTokenListSchema>

export const labelSchema = z
  .string()
  .trim()
  .max(64)
  .refine(isStorableText, 'holds a NUL or half a character')
  .default('')

/** `POST /tokens`. */
export const createApiTokenRequestSchema = z.strictObject({ label: labelSchema })
export type CreateApiTokenRequest = z.input<typeof createApiTokenRequestSchema>

/** The only time that the token itself is shown. */
export const createdApiTokenSchema = apiTokenSchema
  .extend({ token: z.string() })
  .meta({ id: 'CreatedApiToken' })
export type CreatedApiTokenJson = z.infer<typeof createdApiTokenSchema>
