import { exampleData, fileFields, pictureFile, type Snippet, type SnippetTarget } from './target.ts'
import { text } from '../texts.ts'

/** For Node. */
export function nodeSnippets(target: SnippetTarget): readonly Snippet[] {
  const data = exampleData(target.fields)
  const files = fileFields(target.fields)
  const hasData = Object.keys(data).length > 0
  const snippets: Snippet[] = []
  if (hasData) snippets.push({ title: text('data'), code: jsonScript(target, data), note: text('runNode') })
  if (files.length > 0) {
    snippets.push({
      title: hasData ? text('both') : text('pictures'),
      code: multipartScript(target, data, files),
      note: text('runNode'),
    })
  }
  return snippets
}

function jsonScript({ publishUrl, key }: SnippetTarget, data: object): string {
  return `const response = await fetch(${JSON.stringify(publishUrl)}, {
  method: 'POST',
  headers: {
    authorization: ${JSON.stringify(`Bearer ${key}`)},
    'content-type': 'application/json',
  },
  body: JSON.stringify({
    timestamp: Date.now(),
    data: ${JSON.stringify(data)},
  }),
})
console.log(response.status, await response.text())
`
}

function multipartScript({ publishUrl, key }: SnippetTarget, data: object, files: readonly string[]): string {
  const dataEntry = Object.keys(data).length > 0 ? `, data: ${JSON.stringify(data)}` : ''
  const parts = files.map(
    (field) =>
      `form.set(${JSON.stringify(field)}, await openAsBlob(${JSON.stringify(pictureFile(field, files))}))\n`,
  )
  return `import { openAsBlob } from 'node:fs'

const form = new FormData()
form.set('json', JSON.stringify({ timestamp: Date.now()${dataEntry} }))
${parts.join('')}
const response = await fetch(${JSON.stringify(publishUrl)}, {
  method: 'POST',
  headers: { authorization: ${JSON.stringify(`Bearer ${key}`)} },
  body: form,
})
console.log(response.status, await response.text())
`
}
