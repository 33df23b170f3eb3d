import { expect, it } from 'vitest'
import { toProblem } from './problem.ts'
import { errorCodes, errorKind } from './registry.ts'
import { SenioError } from './senio-error.ts'

const INTRODUCTION = `# Errors

Every refusal is \`application/problem+json\` (RFC 9457): \`type\`, \`title\`, \`status\`, \`detail\`, \`code\`, and where it
applies \`field\` (the field, parameter or part it is about) and \`index\` (of the first bad measurement of a batch, from 0).
\`detail\` says in plain words what was wrong and what to do. \`code\` is stable: compare it, not the texts.
An answer other than 201 to a publish means that nothing of it was stored. 429 and 503 come with \`Retry-After\` in seconds;
publishing the same measurement again is always safe.

The command line prints the same \`code\` and \`detail\`; with \`--json\` as the same document on standard error.
`

function docs(): string {
  const statuses = [...new Set(errorCodes.map((code) => errorKind(code).status))].sort((a, b) => a - b)
  const sections = statuses.map((status) => {
    const rows = errorCodes
      .filter((code) => errorKind(code).status === status)
      .map(
        (code) => `| <a id="${code}"></a>\`${code}\` | ${errorKind(code).title} | ${errorKind(code).help} |`,
      )
    return `## ${status}\n\n| code | title | what to do |\n| --- | --- | --- |\n${rows.join('\n')}\n`
  })
  return [INTRODUCTION, ...sections].join('\n')
}

it('is what docs/errors.md says (update it with vitest --update)', async () => {
  await expect(docs()).toMatchFileSnapshot('../../../../docs/errors.md')
})

it('gives each code an HTTP status of its kind', () => {
  for (const code of errorCodes) {
    const { status, fault } = errorKind(code)
    expect([code, fault === 'Rejected' ? status < 500 && status >= 400 : status >= 429]).toEqual([code, true])
  }
})

it('makes a problem document without absent members', () => {
  const problem = toProblem(new SenioError('unknown-field', 'No.', { field: 'temp' }).atIndex(3))
  expect(problem).toEqual({
    type: '/api/errors#unknown-field',
    title: 'Unknown field',
    status: 422,
    detail: 'No.',
    code: 'unknown-field',
    field: 'temp',
    index: 3,
  })
  expect(Object.keys(toProblem(new SenioError('defect', 'x')))).not.toContain('field')
})
