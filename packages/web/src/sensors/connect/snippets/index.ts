import { arduinoSnippets } from './arduino.ts'
import { curlSnippets } from './curl.ts'
import { nodeSnippets } from './node.ts'
import { pythonSnippets } from './python.ts'
import type { Snippet, SnippetTarget } from './target.ts'

export type { Snippet, SnippetTarget } from './target.ts'

/** A language or tool that devices are programmed with. */
export interface SnippetLanguage {
  readonly id: string
  readonly label: string
  /** Ready-to-run code for this very sensor, simplest first; empty for a sensor without fields. */
  readonly snippets: (target: SnippetTarget) => readonly Snippet[]
}

export const snippetLanguages: readonly SnippetLanguage[] = [
  { id: 'curl', label: 'curl', snippets: curlSnippets },
  { id: 'python', label: 'Python', snippets: pythonSnippets },
  { id: 'arduino', label: 'Arduino / ESP32', snippets: arduinoSnippets },
  { id: 'node', label: 'Node', snippets: nodeSnippets },
]
