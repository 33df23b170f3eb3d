import ts from 'typescript'

/** A piece of a source that a person would read, outside the catalogs. */
export interface Found {
  readonly line: number
  readonly text: string
}

/** Attributes and properties whose values nobody reads. */
const UNREAD =
  /^(className|to|href|id|type|role|autoComplete|rel|key|d|viewBox|transform|style|code|aria-keyshortcuts|data-.*)$/

/** Words for programs, such as the names of keys, and those that are the same in every language. */
const FOR_PROGRAMS =
  /^([A-Z][a-z]+([A-Z][a-z0-9]*)+|Enter|Escape|Home|End|Tab|Control|Shift|Delete|Mac|NF[CD]|GMT|Senio|UTC|JPEG|PNG|WebP|ISO \{\}|[^\p{L}]*)$/u

/** A list of classes: small letters at the start of each, and hyphens. */
const CLASSES = /^(?=.*-)[!a-z[&*-]\S*(\s[!a-z[&*-]\S*)+$/

/**
 * Finds words in JSX and in strings that read like prose: they begin with a capital or have several words.
 * @param name of the file; its ending tells TypeScript how to read it
 */
export function findEnglish(name: string, source: string): Found[] {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true)
  const found: Found[] = []
  visit(file)
  return found

  function visit(node: ts.Node): void {
    if (isUnread(node)) return
    if (ts.isJsxText(node)) add(node, node.text, /\p{L}/u)
    else if (ts.isStringLiteralLike(node)) add(node, node.text, proseIn(node))
    else if (ts.isTemplateExpression(node)) {
      const text = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('{}')
      add(node, text, proseIn(node))
    }
    ts.forEachChild(node, visit)
  }

  function add(node: ts.Node, text: string, looks: RegExp): void {
    const words = text.replaceAll(/\s+/g, ' ').trim()
    if (!looks.test(words) || FOR_PROGRAMS.test(words) || CLASSES.test(words)) return
    found.push({ line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1, text: words })
  }
}

/** Straight inside of JSX every word is read; elsewhere only what looks like a sentence or a label. */
function proseIn(node: ts.Node): RegExp {
  const shown =
    ts.isJsxAttribute(node.parent) && /^(aria-label|title|placeholder|alt|label)$/.test(nameOf(node.parent))
  return shown
    ? /\p{L}/u
    : /^\p{Lu}\p{L}|\p{L}{2,}[,.:?!]? \p{L}+ |\{\}[:,]? (?!(min|ms|mm)$)\p{Ll}{2,}|[.?!]$/u
}

function isUnread(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isExportDeclaration(node)) return true
  if (ts.isJsxAttribute(node) || ts.isPropertyAssignment(node)) return UNREAD.test(nameOf(node))
  if (ts.isVariableDeclaration(node)) return /style$/i.test(node.name.getText())
  if (ts.isCallExpression(node))
    return /^(classNames|defineTexts|import|new RegExp|\w+Style)$/.test(node.expression.getText())
  if (ts.isNewExpression(node)) return node.expression.getText().endsWith('Error')
  if (ts.isBinaryExpression(node)) return /^[=!]==$/.test(node.operatorToken.getText())
  return false
}

function nameOf(node: ts.JsxAttribute | ts.PropertyAssignment): string {
  return node.name.getText().replaceAll(/['"]/g, '')
}
