import type { ViewJson } from '@senio/protocol/api'
import { useQueryClient } from '@tanstack/react-query'
import { Copy, EllipsisVertical, TextCursorInput, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useClient } from '../../api/client-context.ts'
import { problemText } from '../../api/problem-text.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { classNames } from '../../design/class-names.ts'
import { iconButtonStyle } from '../../design/button-style.ts'
import { Popover } from '../../design/popover.tsx'
import { useToast } from '../../design/toast.ts'
import { text } from '../texts.ts'
import { DeleteViewDialog } from './delete-view-dialog.tsx'
import { RenameDialog } from './rename-dialog.tsx'

export interface ViewMenuProps {
  readonly view: ViewJson
  /** Given the copy. */
  readonly onCopied?: (copy: ViewJson) => void
  readonly onDeleted?: () => void
  readonly className?: string
}

/** What can be done with a view: rename, duplicate, delete. */
export function ViewMenu({ view, onCopied, onDeleted, className }: ViewMenuProps) {
  const client = useClient()
  const queryClient = useQueryClient()
  const toast = useToast()
  const [task, setTask] = useState<'rename' | 'delete' | null>(null)

  async function duplicate(): Promise<void> {
    try {
      const copy = await client.views.copy(view.id)
      await queryClient.invalidateQueries({ queryKey: queryKeys.views })
      toast.done(text('duplicated', { name: copy.name }))
      onCopied?.(copy)
    } catch (error) {
      toast.failed(text('failedDuplicate'), problemText(error))
    }
  }

  return (
    <>
      <Popover
        title={text('actionsOf', { name: view.name })}
        label={text('actionsOf', { name: view.name })}
        align="end"
        triggerClassName={iconButtonStyle(className)}
        trigger={<EllipsisVertical aria-hidden="true" />}
        className="!p-1.5"
      >
        {(close) => {
          const choose = (action: () => void) => () => {
            close()
            action()
          }
          return (
            <div className="flex min-w-44 flex-col">
              <MenuButton
                icon={<TextCursorInput aria-hidden="true" />}
                onClick={choose(() => setTask('rename'))}
              >
                {text('rename')}
              </MenuButton>
              <MenuButton icon={<Copy aria-hidden="true" />} onClick={choose(() => void duplicate())}>
                {text('duplicate')}
              </MenuButton>
              <MenuButton
                icon={<Trash2 aria-hidden="true" />}
                isDanger
                onClick={choose(() => setTask('delete'))}
              >
                {text('delete')}
              </MenuButton>
            </div>
          )
        }}
      </Popover>
      <RenameDialog view={view} open={task === 'rename'} onClose={() => setTask(null)} />
      <DeleteViewDialog
        view={view}
        open={task === 'delete'}
        onClose={() => setTask(null)}
        onDeleted={onDeleted}
      />
    </>
  )
}

interface MenuButtonProps {
  readonly icon: ReactNode
  readonly isDanger?: boolean
  readonly onClick: () => void
  readonly children: ReactNode
}

function MenuButton({ icon, isDanger = false, onClick, children }: MenuButtonProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className={classNames(
        'flex h-9 items-center gap-2.5 rounded-md px-2.5 text-left text-sm pointer-coarse:h-11 [&>svg]:size-4 [&>svg]:shrink-0',
        isDanger ? 'text-danger hover:bg-danger-soft' : 'hover:bg-hover [&>svg]:text-muted',
      )}
    >
      {icon}
      {children}
    </button>
  )
}
