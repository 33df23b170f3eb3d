import { Link } from '@tanstack/react-router'
import { ChartLine, Settings, Unplug } from 'lucide-react'
import { buttonStyle } from '../design/button-style.ts'
import { text } from './texts.ts'
import { text as common } from '../design/texts.ts'

export interface SensorLinksProps {
  readonly name: string
  /** The page that they are on: it isn't linked. */
  readonly here: 'view' | 'connect' | 'settings'
}

/** The ways between the pages of one sensor. */
export function SensorLinks({ name, here }: SensorLinksProps) {
  return (
    <>
      {here !== 'view' && (
        <Link to="/sensors/$name" params={{ name }} className={buttonStyle('secondary')}>
          <ChartLine className="size-4" aria-hidden="true" />
          {text('view')}
        </Link>
      )}
      {here !== 'connect' && (
        <Link to="/sensors/$name/connect" params={{ name }} className={buttonStyle('secondary')}>
          <Unplug className="size-4" aria-hidden="true" />
          {text('connect')}
        </Link>
      )}
      {here !== 'settings' && (
        <Link to="/sensors/$name/settings" params={{ name }} className={buttonStyle('secondary')}>
          <Settings className="size-4" aria-hidden="true" />
          {common('settings')}
        </Link>
      )}
    </>
  )
}
