const WORDS = ['night', 'rain', 'dove', 'Größe', '雪', 'a b', '"quoted"', '', 'x'.repeat(200)]

/** Tags of each shape that devices send: none, which leaves those that are there, a list, or a flat object. */
export function randomTags(random: () => number): unknown {
  const shape = Math.floor(random() * 3)
  if (shape === 0) return null
  const words = WORDS.filter(() => random() < 0.25)
  if (shape === 1) return words
  return Object.fromEntries(words.map((word) => [word, randomValue(random)]))
}

function randomValue(random: () => number): string | number | boolean {
  const kind = random()
  if (kind < 0.3) return random() < 0.5
  return kind < 0.6 ? random() * 1e6 : (WORDS[Math.floor(random() * WORDS.length)] ?? '')
}
