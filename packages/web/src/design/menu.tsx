import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'
import { classNames } from './class-names.ts'

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement
  readonly align?: 'start' | 'end'
  /** `MenuItem`s. */
  readonly children: ReactNode
}

/** A list of actions behind a button. */
export function Menu({ trigger, align = 'end', children }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="z-50" sideOffset={4} align={align}>
          <Base.Popup className="min-w-44 rounded-lg border border-line bg-raised p-1 shadow-high outline-none">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export interface MenuItemProps {
  readonly icon?: ReactNode
  readonly danger?: boolean
  readonly disabled?: boolean
  readonly onSelect?: () => void
  /** An element to be instead of a div, for example a link. */
  readonly render?: ReactElement
  readonly children: ReactNode
}

export function MenuItem({
  icon,
  danger = false,
  disabled = false,
  onSelect,
  render,
  children,
}: MenuItemProps) {
  return (
    <Base.Item
      disabled={disabled}
      {...(onSelect === undefined ? {} : { onClick: onSelect })}
      {...(render === undefined ? {} : { render })}
      className={classNames(
        'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-sm outline-none pointer-coarse:min-h-11 [&>svg]:size-4',
        'data-highlighted:bg-hover data-disabled:opacity-50',
        danger && 'text-danger',
      )}
    >
      {icon}
      {children}
    </Base.Item>
  )
}
