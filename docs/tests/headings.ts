/** Markdown without what stands in fenced blocks. */
export function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^(`{3,})[^\n]*\n[\s\S]*?^\1\s*$/gm, '')
}

/** The anchors that GitHub gives to a document's headings, and those that it names itself. */
export function anchorsOf(markdown: string): ReadonlySet<string> {
  const anchors = new Set<string>()
  const prose = withoutCode(markdown)
  for (const [, id] of prose.matchAll(/<a id="([^"]+)">/g)) anchors.add(id ?? '')
  for (const [, heading] of prose.matchAll(/^#{1,6} +(.+)$/gm)) {
    const slug = slugOf(heading ?? '')
    let anchor = slug
    for (let count = 1; anchors.has(anchor); count++) anchor = `${slug}-${count}`
    anchors.add(anchor)
  }
  return anchors
}

function slugOf(heading: string): string {
  return heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-')
}
