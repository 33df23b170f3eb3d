import type { ImageJson } from '@senio/protocol/api'
import { expect, test } from 'vitest'
import { describe, fileNameOf, formatBytes } from './picture-facts.ts'

const picture: ImageJson = {
  timestamp: 1_474_638_041_614.14,
  image: 'ddd3a73ecd6de21b05ac4bc3b4924a1e6bd74d96',
  type: 'image/jpeg',
  width: 720,
  height: 480,
  bytes: 51_234,
  damaged: false,
}

test('a downloaded original is named by sensor, field and time', () => {
  expect(fileNameOf('rpi', 'cam1', picture)).toBe('rpi cam1 2016-09-23T13-40-41.614Z.jpg')
})

test('says size, format and bytes, and leaves out what isn’t known', () => {
  expect(describe(picture)).toMatch(/^720 × 480 pixels, JPEG, 51\D2 kB$/)
  expect(describe({ ...picture, width: null, height: null })).toMatch(/^JPEG/)
})

test('bytes are rounded to three digits', () => {
  expect(formatBytes(1_000_000)).toBe('1 MB')
  expect(formatBytes(20_971_520)).toBe('21 MB')
  expect(formatBytes(0)).toContain('0')
})
