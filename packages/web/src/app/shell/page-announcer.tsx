import { useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

/** Pages set their title when they are drawn, after their code has come. */
const TITLE_IS_SET_MS = 300

/** Tells screen readers which page a link led to, as a browser does for documents. */
export function PageAnnouncer() {
  const { pathname } = useLocation()
  return (
    <output className="sr-only">
      <SettledTitle key={pathname} />
    </output>
  )
}

function SettledTitle() {
  const [title, setTitle] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setTitle(document.title), TITLE_IS_SET_MS)
    return () => clearTimeout(timer)
  }, [])
  return title
}
