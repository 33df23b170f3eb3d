import { useState } from 'react'

/** The list of the rendering before, as long as it holds the same objects in the same order. */
export function useStable<Item>(list: readonly Item[]): readonly Item[] {
  const [kept, setKept] = useState(list)
  const isSame = kept.length === list.length && kept.every((item, index) => Object.is(item, list[index]))
  if (!isSame) setKept(list)
  return isSame ? kept : list
}
