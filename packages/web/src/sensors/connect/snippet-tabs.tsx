import { Link } from '@tanstack/react-router'
import { CodeBlock } from '../../design/code-block.tsx'
import { Notice } from '../../design/notice.tsx'
import { Tabs } from '../../design/tabs.tsx'
import { type SnippetTarget, snippetLanguages } from './snippets/index.ts'
import { text } from './texts.ts'
import { Rich } from '../../i18n/rich.tsx'

export interface SnippetTabsProps {
  readonly sensor: string
  readonly target: SnippetTarget
}

/** Ready-to-run code for this sensor, by language. */
export function SnippetTabs({ sensor, target }: SnippetTabsProps) {
  if (Object.keys(target.fields).length === 0) {
    return (
      <Notice>
        <Rich
          text={text('noFields')}
          marks={{
            a: (inner) => (
              <Link
                to="/sensors/$name/settings"
                params={{ name: sensor }}
                className="font-medium text-accent underline"
              >
                {inner}
              </Link>
            ),
          }}
        />
      </Notice>
    )
  }
  return (
    <Tabs
      label={text('language')}
      tabs={snippetLanguages.map(({ id, label, snippets }) => ({
        id,
        label,
        content: (
          <div className="space-y-6">
            {snippets(target).map(({ title, code, note }) => (
              <div key={title}>
                <h3 className="mb-2 text-sm font-medium">{title}</h3>
                <CodeBlock code={code} label={`${label}: ${title}`} />
                {note !== undefined && <p className="mt-2 text-sm text-muted">{note}</p>}
              </div>
            ))}
          </div>
        ),
      }))}
    />
  )
}
