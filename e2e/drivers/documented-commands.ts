/** A fenced block of a document that is marked with `run`: readers copy it, tests run it. */
export interface DocumentedCommands {
  readonly language: 'sh' | 'python'
  readonly text: string
}

const BLOCK = /^( *)```(sh|python) run\n([\s\S]*?)^\1```$/gm

/** In the order of the document; without the indentation of the list that they may stand in. */
export function documentedCommands(markdown: string): readonly DocumentedCommands[] {
  return [...markdown.matchAll(BLOCK)].map(([, indent = '', language, text = '']) => ({
    language: language === 'python' ? 'python' : 'sh',
    text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }))
}

/** All of them as one script for `sh`; Python is left out where there is none. */
export function asScript(commands: readonly DocumentedCommands[], python: string | undefined): string {
  return commands
    .map(({ language, text }) => {
      if (language === 'sh') return text
      return python === undefined ? '' : `${python} - <<'END OF PYTHON'\n${text}END OF PYTHON\n`
    })
    .join('\n')
}
