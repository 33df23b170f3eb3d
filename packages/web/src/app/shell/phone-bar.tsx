import { Dialog as Base } from '@base-ui/react/dialog'
import { Link, useLocation } from '@tanstack/react-router'
import { Menu, X } from 'lucide-react'
import { useState } from 'react'
import { iconButtonStyle } from '../../design/button-style.ts'
import { backdropStyle } from '../../design/dialog.tsx'
import { Logo } from '../../design/logo.tsx'
import { SidePanel } from './side-panel.tsx'

/** The bar on top of small screens, with the navigation in a drawer. */
export function PhoneBar() {
  const { pathname } = useLocation()
  // Open for one address only: following a link closes it.
  const [openAt, setOpenAt] = useState<string | null>(null)
  return (
    <header className="sticky top-0 z-30 flex h-14 items-center gap-2 border-b border-line bg-canvas px-2 lg:hidden">
      <Base.Root open={openAt === pathname} onOpenChange={(open) => setOpenAt(open ? pathname : null)}>
        <Base.Trigger className={iconButtonStyle('size-11')} aria-label="Open the navigation">
          <Menu aria-hidden="true" />
        </Base.Trigger>
        <Base.Portal>
          <Base.Backdrop className={backdropStyle} />
          <Base.Popup className="fixed inset-y-0 left-0 z-40 w-72 max-w-[85vw] border-r border-line bg-canvas shadow-high outline-none transition-transform duration-200 ease-out data-ending-style:-translate-x-full data-starting-style:-translate-x-full">
            <Base.Title className="sr-only">Navigation</Base.Title>
            <SidePanel />
            <Base.Close
              className={iconButtonStyle('absolute top-3 right-3 size-11')}
              aria-label="Close the navigation"
            >
              <X aria-hidden="true" />
            </Base.Close>
          </Base.Popup>
        </Base.Portal>
      </Base.Root>
      <Link to="/sensors" className="flex h-11 items-center rounded-md">
        <Logo />
      </Link>
    </header>
  )
}
