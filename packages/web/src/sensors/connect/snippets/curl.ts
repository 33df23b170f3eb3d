import {
  exampleData,
  fileFields,
  pictureFile,
  type Snippet,
  type SnippetTarget,
  withQuery,
} from './target.ts'
import { text as say } from '../texts.ts'
import { text } from '../texts.ts'

/** For a shell; the server stamps the time, because not every shell knows milliseconds. */
export function curlSnippets(target: SnippetTarget): readonly Snippet[] {
  const data = exampleData(target.fields)
  const files = fileFields(target.fields)
  const hasData = Object.keys(data).length > 0
  const snippets: Snippet[] = []
  if (hasData) snippets.push({ title: text('data'), code: jsonCommand(target, data) })
  if (files.length > 0 && (hasData || files.length > 1)) {
    snippets.push({
      title: hasData ? text('both') : text('pictures'),
      code: multipartCommand(target, data, files),
      note: pathNote(files),
    })
  }
  const [first] = files
  if (first !== undefined) {
    snippets.push({ title: text('raw'), code: rawCommand(target, first), note: pathNote([first]) })
  }
  return snippets
}

function jsonCommand({ publishUrl, key }: SnippetTarget, data: object): string {
  return command(withQuery(publishUrl, { clock: 'server' }), key, [
    `-H 'Content-Type: application/json'`,
    `-d ${quoted(JSON.stringify({ data }))}`,
  ])
}

function multipartCommand(
  { publishUrl, key }: SnippetTarget,
  data: object,
  files: readonly string[],
): string {
  const json = Object.keys(data).length > 0 ? { data } : {}
  return command(withQuery(publishUrl, { clock: 'server' }), key, [
    `--form-string ${quoted(`json=${JSON.stringify(json)}`)}`,
    ...files.map((field) => `-F ${quoted(`${field}=@${pictureFile(field, files)}`)}`),
  ])
}

function rawCommand({ publishUrl, key }: SnippetTarget, field: string): string {
  return command(withQuery(publishUrl, { field, clock: 'server' }), key, [
    `-H 'Content-Type: image/jpeg'`,
    `--data-binary @picture.jpg`,
  ])
}

function command(url: string, key: string, parts: readonly string[]): string {
  return [`curl ${quoted(url)}`, `-H ${quoted(`Authorization: Bearer ${key}`)}`, ...parts].join(' \\\n  ')
}

/** One word for a POSIX shell, whatever it holds. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

function pathNote(files: readonly string[]): string {
  return files.length === 1 ? say('anyPicture') : say('anyPictures')
}
