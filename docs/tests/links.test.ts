import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { anchorsOf, withoutCode } from './headings.ts'
import { filesEndingIn, root } from './repository.ts'

const documents = filesEndingIn('.md')

test('there are documents', () => {
  expect(documents).toContain('README.md')
})

test.each(documents)('every relative link of %s leads somewhere', (document) => {
  const broken = linksOf(readFileSync(root + document, 'utf8')).filter((link) => !resolves(document, link))
  expect(broken).toEqual([])
})

test('every document of docs/ is reached from README.md', () => {
  const reached = new Set<string>()
  const open = ['README.md']
  for (let document = open.pop(); document !== undefined; document = open.pop()) {
    if (reached.has(document)) continue
    reached.add(document)
    for (const link of linksOf(readFileSync(root + document, 'utf8'))) {
      const target = targetOf(document, link)
      if (target.endsWith('.md') && existsSync(root + target)) open.push(target)
    }
  }
  expect(documents.filter((document) => document.startsWith('docs/') && !reached.has(document))).toEqual([])
})

/** Relative ones: of Markdown, and of the HTML that it may hold. Code blocks hold none. */
function linksOf(markdown: string): readonly string[] {
  const prose = withoutCode(markdown).replaceAll(/`[^`\n]*`/g, '')
  const links = [
    ...prose.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g),
    ...prose.matchAll(/(?:src|srcset|href)="([^"]+)"/g),
  ]
  return links.map(([, link]) => link ?? '').filter((link) => !/^[a-z][a-z\d+.-]*:/i.test(link))
}

/** The file that a link leads to, relative to the root. */
function targetOf(document: string, link: string): string {
  const path = decodeURIComponent(link.split('#')[0] ?? '')
  return path === '' ? document : posix.join(posix.dirname(document), path)
}

function resolves(document: string, link: string): boolean {
  const target = targetOf(document, link)
  if (!existsSync(root + target)) return false
  const anchor = link.split('#')[1]
  return (
    anchor === undefined ||
    !target.endsWith('.md') ||
    anchorsOf(readFileSync(root + target, 'utf8')).has(anchor)
  )
}
