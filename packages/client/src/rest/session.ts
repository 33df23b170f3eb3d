import type {
  ChangePasswordRequest,
  MeJson,
  SessionListJson,
  SetupRequest,
  SetupStateJson,
  SignInRequest,
} from '@senio/protocol/api'
import { apiPath, type Http, type ReadOptions } from '../request.ts'

/** The first account of an installation. */
export function setupResource(http: Http) {
  return {
    state: (options?: ReadOptions) => http.get<SetupStateJson>(apiPath('setup'), {}, options),
    /** Creates the first account and signs in. */
    create: (request: SetupRequest) => http.send<MeJson>('POST', apiPath('setup'), request),
  }
}

/** The session that a browser's cookie holds. */
export function sessionResource(http: Http) {
  return {
    create: (request: SignInRequest) => http.send<MeJson>('POST', apiPath('session'), request),
    end: () => http.send<void>('DELETE', apiPath('session')),
  }
}

/** Every session of whoever is signed in. */
export function sessionsResource(http: Http) {
  return {
    /** Newest first. */
    list: (options?: ReadOptions) => http.get<SessionListJson>(apiPath('sessions'), {}, options),
    /** @param id as the list gives it */
    end: (id: string) => http.send<void>('DELETE', apiPath('sessions', id)),
    /** Every one but that of whoever asks. */
    endOthers: () => http.send<void>('DELETE', apiPath('sessions')),
  }
}

/** Who is signed in. */
export function meResource(http: Http) {
  return {
    get: (options?: ReadOptions) => http.get<MeJson>(apiPath('me'), {}, options),
    /** Ends every other session. */
    changePassword: (request: ChangePasswordRequest) => http.send<MeJson>('PATCH', apiPath('me'), request),
  }
}
