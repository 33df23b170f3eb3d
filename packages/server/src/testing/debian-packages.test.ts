import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { nginxPrograms } from './nginx.ts'

const programs = await nginxPrograms()

test.skipIf(programs === null)('packages come with what is installed on most machines, too', async () => {
  expect(await readdir(programs?.libraries ?? '')).toContainEqual(expect.stringMatching(/^libssl\.so\./))
})
