import { exampleData, fileFields, pictureFile, type Snippet, type SnippetTarget } from './target.ts'
import { text } from '../texts.ts'

/** For Python 3 with requests. */
export function pythonSnippets(target: SnippetTarget): readonly Snippet[] {
  const data = exampleData(target.fields)
  const files = fileFields(target.fields)
  const hasData = Object.keys(data).length > 0
  const snippets: Snippet[] = []
  if (hasData)
    snippets.push({ title: text('data'), code: jsonScript(target, data), note: text('installRequests') })
  if (files.length > 0) {
    snippets.push({
      title: hasData ? text('both') : text('pictures'),
      code: multipartScript(target, data, files),
      note: text('installRequests'),
    })
  }
  return snippets
}

function jsonScript({ publishUrl, key }: SnippetTarget, data: Readonly<Record<string, unknown>>): string {
  return `import time

import requests

response = requests.post(
    ${literal(publishUrl)},
    headers={"Authorization": ${literal(`Bearer ${key}`)}},
    json={
        "timestamp": time.time() * 1000,
        "data": ${literal(data)},
    },
    timeout=30,
)
print(response.status_code, response.text)
`
}

function multipartScript(
  { publishUrl, key }: SnippetTarget,
  data: Readonly<Record<string, unknown>>,
  files: readonly string[],
): string {
  const dataEntry = Object.keys(data).length > 0 ? `\n    "data": ${literal(data)},` : ''
  const fileEntries = files.map(
    (field) => `        ${literal(field)}: open(${literal(pictureFile(field, files))}, "rb"),\n`,
  )
  return `import json
import time

import requests

measurement = {
    "timestamp": time.time() * 1000,${dataEntry}
}
response = requests.post(
    ${literal(publishUrl)},
    headers={"Authorization": ${literal(`Bearer ${key}`)}},
    data={"json": json.dumps(measurement)},
    files={
${fileEntries.join('')}    },
    timeout=60,
)
print(response.status_code, response.text)
`
}

/** A value as Python spells it. JSON's strings and numbers are Python's, too; its words are not. */
function literal(value: unknown): string {
  if (value === null) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${literal(item)}`)
    return `{${entries.join(', ')}}`
  }
  return JSON.stringify(value)
}
