import { Link, useLocation } from '@tanstack/react-router'
import { Menu } from 'lucide-react'
import { useState } from 'react'
import { iconButtonStyle } from '../../design/button-style.ts'
import { Logo } from '../../design/logo.tsx'
import { Drawer } from './drawer.tsx'
import { text } from '../texts.ts'

/** The bar on top of small screens, with the navigation in a drawer. */
export function PhoneBar() {
  const { pathname } = useLocation()
  // Open for one address only: following a link closes it.
  const [openAt, setOpenAt] = useState<string | null>(null)
  return (
    <header className="sticky top-0 z-30 flex h-14 items-center gap-2 border-b border-line bg-canvas px-2 lg:hidden">
      <button
        type="button"
        aria-label={text('openNavigation')}
        aria-haspopup="dialog"
        onClick={() => setOpenAt(pathname)}
        className={iconButtonStyle('size-11')}
      >
        <Menu aria-hidden="true" />
      </button>
      <Link to="/sensors" className="flex h-11 items-center rounded-md">
        <Logo />
      </Link>
      {openAt === pathname && <Drawer onClose={() => setOpenAt(null)} />}
    </header>
  )
}
