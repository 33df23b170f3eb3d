import { describe, expect, it } from 'vitest'
import { isCommonPassword, isGuessablePassword } from './common-passwords.ts'

describe('common passwords', () => {
  it.each(['1234567890', 'qwertyuiop', 'Password123', '1Q2W3E4R5T'])('%s is one', async (password) => {
    expect(await isCommonPassword(password)).toBe(true)
  })

  it.each(['correct horse battery', 'fg7-Kzp2qLx9', 'päßwörter im März'])('%s is none', async (password) => {
    expect(await isCommonPassword(password)).toBe(false)
  })
})

describe('guessable passwords', () => {
  it.each(['senio-2026', 'Annabell2026', 'annabell@example', 'aaaaaaaaaaaa', 'Senio-Sensor-1'])(
    '%s is one for annabell@example.org',
    (password) => {
      expect(isGuessablePassword(password, 'annabell@example.org')).toBe(true)
    },
  )

  it.each(['correct horse battery', 'annabell likes rain', 'my example of one'])('%s is none', (password) => {
    expect(isGuessablePassword(password, 'annabell@example.org')).toBe(false)
  })
})
