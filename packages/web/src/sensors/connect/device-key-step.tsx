import { KeyRound } from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import { useClient } from '../../api/client-context.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../design/button.tsx'
import { Notice } from '../../design/notice.tsx'
import { Secret } from '../../design/secret.tsx'
import { useRememberKey } from '../fresh-keys.tsx'
import { text } from './texts.ts'

export interface DeviceKeyStepProps {
  readonly sensor: string
  /** The key if it was created on this page. */
  readonly freshKey: string | undefined
}

/** The device key: shown when it is fresh, otherwise a way to a new one. */
export function DeviceKeyStep({ sensor, freshKey }: DeviceKeyStepProps) {
  const client = useClient()
  const queryClient = useQueryClient()
  const rememberKey = useRememberKey()
  const create = useAction(
    () => client.keys.create(sensor, { label: '' }),
    ({ key }) => {
      rememberKey(sensor, key)
      return queryClient.invalidateQueries({ queryKey: queryKeys.deviceKeys(sensor) })
    },
  )
  if (freshKey !== undefined) return <Secret secret={freshKey} what="DeviceKey" />
  return (
    <div className="space-y-3">
      <p className="max-w-prose text-sm text-muted">{text('keyHelp')}</p>
      <Button onClick={() => create.run(undefined)} pending={create.pending}>
        <KeyRound className="size-4" aria-hidden="true" />
        {text('createKey')}
      </Button>
      {create.error !== undefined && <Notice tone="error">{create.error}</Notice>}
    </div>
  )
}
