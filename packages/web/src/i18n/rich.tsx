import { Fragment, type ReactNode } from 'react'

export interface RichProps {
  /** A message with marks: "Delete <b>{name}</b>?" */
  readonly text: string
  /** How what stands between the marks of a name is shown. Unknown marks stay as they are. */
  readonly marks: Readonly<Record<string, (inner: string) => ReactNode>>
}

/** A message of which parts are links, buttons or emphasised. Marks don't nest. */
export function Rich({ text, marks }: RichProps) {
  const pieces = text.split(/<(\w+)>(.*?)<\/\1>/)
  return pieces.map((piece, index) => {
    // Of each three pieces: plain text, a mark's name, what it marks.
    if (index % 3 === 0) return piece
    if (index % 3 === 1) return null
    const name = pieces[index - 1] ?? ''
    // oxlint-disable-next-line react/no-array-index-key -- the pieces of one text don't move
    return <Fragment key={index}>{marks[name]?.(piece) ?? piece}</Fragment>
  })
}
