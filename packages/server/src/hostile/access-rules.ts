/** What a request of the matrix is made of: things of the owner, made anew for each row. */
export interface Stage {
  /** The owner's, with a value, a picture, a note and a key. */
  readonly sensor: string
  readonly key: string
  readonly keyId: number
  readonly sha1: string
  readonly noteId: number
  readonly viewId: number
  readonly tokenId: number
  readonly sessionId: string
  /** An account beside those who ask. */
  readonly accountId: number
  /** New in each. */
  readonly name: string
}

/** Names and ids that nothing has. */
export const missing: Stage = {
  sensor: 'nobody',
  key: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
  keyId: 999_999,
  sha1: '0123456789abcdef0123456789abcdef01234567',
  noteId: 999_999,
  viewId: 999_999,
  tokenId: 999_999,
  sessionId: '0123456789abcdef',
  accountId: 999_999,
  name: 'free',
}

/**
 * Who gets what: `everybody` (the status, whoever asks); `signed-in` (others see and change only their own);
 * `owner` (404 for everybody else who is signed in, administrators included); `administrator` (403 for others who
 * are signed in); `device` (403 for everything but a good key of the sensor).
 */
export type Access = 'everybody' | 'signed-in' | 'owner' | 'administrator' | 'device'

export interface AccessRule {
  readonly access: Access
  /** The path that is asked for; the route's own by default. */
  readonly path?: (stage: Stage) => string
  readonly body?: (stage: Stage) => object
  /** The status for whoever may; 200 by default. */
  readonly success?: number
  /** The same with an id of somebody else below something of one's own. */
  readonly crossed?: (own: Stage, theirs: Stage) => string
}

const sensor =
  (rest = '') =>
  (stage: Stage): string =>
    `/api/v1/sensors/${stage.sensor}${rest}`
const owned = (rest = '', rule: Partial<AccessRule> = {}): AccessRule => ({
  access: 'owner',
  path: sensor(rest),
  ...rule,
})
const everybody = (rule: Partial<AccessRule> = {}): AccessRule => ({ access: 'everybody', ...rule })
const signedIn = (rule: Partial<AccessRule> = {}): AccessRule => ({ access: 'signed-in', ...rule })

const PASSWORD = 'correct horse battery'
const measured = (): object => ({ timestamp: 1_650_000_000_000, data: { temp: 1 } })
const imageOf = (rest: string) => ({
  path: (stage: Stage) => `/api/v1/sensors/${stage.sensor}/images/${stage.sha1}${rest}`,
  crossed: (own: Stage, theirs: Stage) => `/api/v1/sensors/${own.sensor}/images/${theirs.sha1}${rest}`,
})
const below = (what: 'keys' | 'notes', id: 'keyId' | 'noteId') => ({
  path: (stage: Stage) => `/api/v1/sensors/${stage.sensor}/${what}/${stage[id]}`,
  crossed: (own: Stage, theirs: Stage) => `/api/v1/sensors/${own.sensor}/${what}/${theirs[id]}`,
})
const byId = (what: 'views' | 'tokens', id: 'viewId' | 'tokenId', rest = '') => ({
  path: (stage: Stage) => `/api/v1/${what}/${stage[id]}${rest}`,
})
const shown = (stage: Stage): object => ({
  name: stage.name,
  panels: [{ columns: 12, rows: 4, fields: [{ sensor: stage.sensor, field: 'temp' }] }],
})

/** Every route of the server. One that is missing here fails the test. */
export const accessRules: Readonly<Record<string, AccessRule>> = {
  'GET /publish/:name': { access: 'device', path: ({ sensor }) => `/publish/${sensor}` },
  'POST /publish/:name': {
    access: 'device',
    path: ({ sensor }) => `/publish/${sensor}`,
    body: measured,
    success: 201,
  },

  'GET /api/v1/setup': everybody(),
  'POST /api/v1/setup': everybody({
    body: () => ({ token: 'x', email: 'evil@example.org', password: PASSWORD }),
    success: 403,
  }),
  'POST /api/v1/session': everybody({
    body: () => ({ email: 'owner@example.org', password: PASSWORD }),
    success: 201,
  }),
  'DELETE /api/v1/session': signedIn({ success: 204 }),
  'GET /api/v1/sessions': signedIn(),
  'DELETE /api/v1/sessions': signedIn({ success: 204 }),
  'DELETE /api/v1/sessions/:id': {
    access: 'owner',
    path: ({ sessionId }) => `/api/v1/sessions/${sessionId}`,
    success: 204,
  },
  'GET /api/v1/me': signedIn(),
  'PATCH /api/v1/me': signedIn({ body: () => ({ currentPassword: PASSWORD, newPassword: PASSWORD }) }),

  'GET /api/v1/accounts': { access: 'administrator' },
  'POST /api/v1/accounts': {
    access: 'administrator',
    body: ({ name }) => ({ email: `${name}@example.org`, password: PASSWORD }),
    success: 201,
  },
  'DELETE /api/v1/accounts/:id': {
    access: 'administrator',
    path: ({ accountId }) => `/api/v1/accounts/${accountId}`,
    success: 204,
  },

  'DELETE /api/v1/accounts/:id/sessions': {
    access: 'administrator',
    path: ({ accountId }) => `/api/v1/accounts/${accountId}/sessions`,
    success: 204,
  },

  'GET /api/v1/tokens': signedIn(),
  'POST /api/v1/tokens': signedIn({ body: () => ({ label: '' }), success: 201 }),
  'DELETE /api/v1/tokens/:id': { access: 'owner', ...byId('tokens', 'tokenId'), success: 204 },

  'GET /api/v1/sensors': signedIn(),
  'POST /api/v1/sensors': signedIn({ body: ({ name }) => ({ name }), success: 201 }),
  'GET /api/v1/sensors/:name': owned(),
  'PATCH /api/v1/sensors/:name': owned('', { body: ({ name }) => ({ name }) }),
  'DELETE /api/v1/sensors/:name': owned('', { success: 204 }),
  'POST /api/v1/sensors/:name/fields': owned('/fields', {
    body: () => ({ name: 'door', type: 'boolean' }),
    success: 201,
  }),
  'PATCH /api/v1/sensors/:name/fields/:field': owned('/fields/temp', { body: () => ({ unit: 'K' }) }),
  'DELETE /api/v1/sensors/:name/fields/:field': owned('/fields/temp', { success: 204 }),
  'GET /api/v1/sensors/:name/keys': owned('/keys'),
  'POST /api/v1/sensors/:name/keys': owned('/keys', { body: () => ({ label: '' }), success: 201 }),
  'DELETE /api/v1/sensors/:name/keys/:id': owned('', { ...below('keys', 'keyId'), success: 204 }),

  'GET /api/v1/sensors/:name/series': owned('/series'),
  'GET /api/v1/sensors/:name/at': owned('/at?t=1650000000000'),
  'GET /api/v1/sensors/:name/latest': owned('/latest'),
  'GET /api/v1/sensors/:name/measurements': owned('/measurements'),
  'DELETE /api/v1/sensors/:name/measurements': owned('/measurements?from=0&to=1800000000000'),
  'GET /api/v1/sensors/:name/tags': owned('/tags'),
  'GET /api/v1/sensors/:name/images': owned('/images?field=cam1'),
  'GET /api/v1/sensors/:name/images/:sha1': owned('', imageOf('?size=thumb')),
  'GET /api/v1/sensors/:name/images/:sha1/exif': owned('', imageOf('/exif')),
  'GET /api/v1/sensors/:name/keogram': owned(
    '/keogram?field=cam1&width=10&from=1600000000000&to=1700000000000',
  ),
  'GET /api/v1/sensors/:name/keogram/:field/:msPerColumn/:tile': owned('/keogram/cam1/67108864/96.webp'),
  'GET /api/v1/sensors/:name/live': owned('/live'),
  'GET /api/v1/live': { access: 'owner', path: ({ sensor }) => `/api/v1/live?sensors=${sensor}` },
  'GET /api/v1/sensors/:name/notes': owned('/notes'),
  'POST /api/v1/sensors/:name/notes': owned('/notes', {
    body: () => ({ from: 1_650_000_000_000, text: 'x' }),
    success: 201,
  }),
  'PATCH /api/v1/sensors/:name/notes/:id': owned('', {
    ...below('notes', 'noteId'),
    body: () => ({ text: 'changed' }),
  }),
  'DELETE /api/v1/sensors/:name/notes/:id': owned('', { ...below('notes', 'noteId'), success: 204 }),

  'GET /api/v1/views': signedIn(),
  'POST /api/v1/views': { access: 'signed-in', body: ({ name }) => ({ name, panels: [] }), success: 201 },
  'GET /api/v1/views/:id': { access: 'owner', ...byId('views', 'viewId') },
  'PATCH /api/v1/views/:id': { access: 'owner', ...byId('views', 'viewId'), body: shown },
  'POST /api/v1/views/:id/copy': { access: 'owner', ...byId('views', 'viewId', '/copy'), success: 201 },
  'DELETE /api/v1/views/:id': { access: 'owner', ...byId('views', 'viewId'), success: 204 },

  'GET /api/v1/openapi.json': everybody(),
  'GET /api/docs': everybody(),
  'GET /api/docs/static/index.html': everybody({ success: 302 }),
  'GET /api/docs/static/swagger-initializer.js': everybody(),
  'GET /api/docs/json': everybody(),
  'GET /api/docs/yaml': everybody(),
  'GET /api/docs/static/*': everybody({ path: () => '/api/docs/static/swagger-ui.css' }),
  'GET /api/errors': everybody(),
  'GET /healthz': everybody(),
  'GET /readyz': everybody(),
  'GET /metrics': everybody(),
}
