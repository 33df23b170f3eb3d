import { isStorableText, parseViewName, SenioError, timestampMs } from '@senio/protocol'
import type { NewViewPanel } from '@senio/protocol/api'
import type { AccountId } from '../../storage/account-store.ts'
import type { SensorStore } from '../../storage/sensor-store.ts'
import type { View, ViewId, ViewStore } from '../../storage/view-store.ts'
import type { Clock } from '../clock.ts'
import { type Page, toPage } from '../page.ts'
import { decodeTextCursor } from '../query/cursor.ts'
import { resolvePanels } from './fields-of-panels.ts'
import { freeName } from './free-name.ts'

/** Most views of an account. */
const MAX_VIEWS = 200

export interface ViewsOptions {
  readonly views: ViewStore
  readonly sensors: SensorStore
  readonly now: Clock
}

/** The views that people compose. Whatever belongs to somebody else is `not-found`, as if it didn't exist. */
export class Views {
  readonly #views: ViewStore
  readonly #sensors: SensorStore
  readonly #now: Clock

  constructor({ views, sensors, now }: ViewsOptions) {
    this.#views = views
    this.#sensors = sensors
    this.#now = now
  }

  /** @throws SenioError `parameter-invalid`, `name-taken`, `limit-reached` */
  async create(
    account: AccountId,
    request: { readonly name: string; readonly panels: readonly NewViewPanel[] },
  ): Promise<View> {
    const name = parseViewName(request.name)
    const panels = await resolvePanels(this.#sensors, account, request.panels, [])
    await this.#takenNames(account)
    return this.#views.create({ account, name, panels, created: this.#now() })
  }

  /** @throws SenioError `not-found` */
  async get(account: AccountId, id: number): Promise<View> {
    const view = await this.#views.find(account, id as ViewId)
    if (view === null) throw noView()
    return view
  }

  /** Ordered by name. @param cursor null for the first page @throws SenioError `parameter-invalid` */
  async list(account: AccountId, limit: number, cursor: string | null): Promise<Page<View>> {
    const after = cursor === null ? null : decodeTextCursor(cursor)
    if (!isStorableText(after ?? '')) return { items: [], next: null }
    return toPage(await this.#views.list(account, after, limit + 1), limit, ({ name }) => name)
  }

  /**
   * What is absent stays. Fields that were deleted may stay, too.
   * @param expects whether it is what the caller has read; absent: whatever it is
   * @throws SenioError `not-found`, `changed-meanwhile`, `parameter-invalid`, `name-taken`, `limit-reached`
   */
  async update(
    account: AccountId,
    id: number,
    change: { readonly name?: string | undefined; readonly panels?: readonly NewViewPanel[] | undefined },
    expects?: (view: View) => boolean,
  ): Promise<View> {
    const view = await this.get(account, id)
    if (expects?.(view) === false) throw changedMeanwhile()
    const fields = view.panels.flatMap((panel) => panel.fields)
    const deleted = fields.filter(({ isDeleted }) => isDeleted)
    const isStored = await this.#views.update(account, view.id, {
      ...(change.name === undefined ? {} : { name: parseViewName(change.name) }),
      ...(change.panels === undefined
        ? {}
        : { panels: await resolvePanels(this.#sensors, account, change.panels, deleted) }),
      // Two changes within a millisecond are told apart.
      changed: timestampMs(Math.max(this.#now(), view.changed + 1)),
      ...(expects === undefined ? {} : { was: view.changed }),
    })
    const stored = await this.get(account, id)
    if (!isStored) throw changedMeanwhile()
    return stored
  }

  /** The same under a free name. @throws SenioError `not-found`, `limit-reached` */
  async copy(account: AccountId, id: number): Promise<View> {
    const { name, panels } = await this.get(account, id)
    const taken = await this.#takenNames(account)
    return this.#views.create({ account, name: freeName(name, taken), panels, created: this.#now() })
  }

  /** @throws SenioError `not-found` */
  async delete(account: AccountId, id: number): Promise<void> {
    if (!(await this.#views.delete(account, id as ViewId))) throw noView()
  }

  /** @throws SenioError `limit-reached` when there is no room for another view */
  async #takenNames(account: AccountId): Promise<ReadonlySet<string>> {
    const names = await this.#views.names(account)
    if (names.length < MAX_VIEWS) return new Set(names)
    throw new SenioError('limit-reached', `An account has at most ${MAX_VIEWS} views. Delete some first.`)
  }
}

function changedMeanwhile(): SenioError {
  return new SenioError('changed-meanwhile', 'The view was changed since you read it. Read it again.')
}

function noView(): SenioError {
  return new SenioError('not-found', 'There is no such view.')
}
