import type { DeviceKeyJson } from '@senio/protocol/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useClient } from '../../api/client-context.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { useAction } from '../../api/use-action.ts'
import { ConfirmDialog } from '../../design/confirm-dialog.tsx'
import { Section } from '../../design/section.tsx'
import { useToast } from '../../design/toast.ts'
import { CredentialList } from '../../account/credential-list.tsx'
import { NewCredential } from '../../account/new-credential.tsx'
import { useRememberKey } from '../fresh-keys.tsx'
import { text } from './texts.ts'
import { Rich } from '../../i18n/rich.tsx'

/** The device keys of a sensor: list, create, revoke. */
export function KeySettings({ sensor }: { readonly sensor: string }) {
  const client = useClient()
  const queryClient = useQueryClient()
  const rememberKey = useRememberKey()
  const { data, error } = useQuery({
    queryKey: queryKeys.deviceKeys(sensor),
    queryFn: ({ signal }) => client.keys.list(sensor, { limit: 1000 }, { signal }),
  })
  const [revoking, setRevoking] = useState<DeviceKeyJson | null>(null)
  const refresh = () => queryClient.invalidateQueries({ queryKey: queryKeys.deviceKeys(sensor) })

  async function create(label: string): Promise<string> {
    const { key } = await client.keys.create(sensor, { label })
    rememberKey(sensor, key)
    void refresh()
    return key
  }

  return (
    <Section
      title={text('keys')}
      lead={text('keysLead')}
      actions={<NewCredential what="DeviceKey" labelHelp={text('keyHelp')} create={create} />}
    >
      <CredentialList
        what="DeviceKey"
        credentials={data?.keys}
        error={error}
        endLabel={text('revoke')}
        onEnd={(id) => setRevoking(data?.keys.find((key) => key.id === id) ?? null)}
      />
      <RevokeDialog
        sensor={sensor}
        deviceKey={revoking}
        onClose={() => setRevoking(null)}
        onRevoked={refresh}
      />
    </Section>
  )
}

interface RevokeDialogProps {
  readonly sensor: string
  readonly deviceKey: DeviceKeyJson | null
  readonly onClose: () => void
  readonly onRevoked: () => Promise<void>
}

function RevokeDialog({ sensor, deviceKey, onClose, onRevoked }: RevokeDialogProps) {
  const client = useClient()
  const toast = useToast()
  const revoke = useAction(
    (id: number) => client.keys.revoke(sensor, id),
    async () => {
      await onRevoked()
      toast.done(text('revoked'))
      onClose()
    },
  )
  return (
    <ConfirmDialog
      open={deviceKey !== null}
      onOpenChange={() => {
        revoke.reset()
        onClose()
      }}
      title={text('askRevoke')}
      confirmLabel={text('revokeKey')}
      pending={revoke.pending}
      error={revoke.error}
      onConfirm={() => deviceKey !== null && revoke.run(deviceKey.id)}
    >
      {deviceKey === null || deviceKey.label === '' ? (
        text('revokeHelpPlain')
      ) : (
        <Rich
          text={text('revokeHelp', { label: deviceKey.label })}
          marks={{ b: (inner) => <b>{inner}</b> }}
        />
      )}
    </ConfirmDialog>
  )
}
