import { SenioError } from '@senio/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseStrictJson, refuseReservedKeys } from './strict-json.ts'

function codeOf(text: string | Uint8Array): string {
  try {
    parseStrictJson(typeof text === 'string' ? Buffer.from(text) : text)
    return 'parsed'
  } catch (error) {
    return error instanceof SenioError ? error.code : String(error)
  }
}

describe('parseStrictJson', () => {
  it('gives what JSON.parse gives for any JSON', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        expect(parseStrictJson(Buffer.from(text))).toEqual(JSON.parse(text))
      }),
    )
  })

  it('takes one byte order mark, not two', () => {
    expect(parseStrictJson(Buffer.from('\uFEFF{"a":1}'))).toEqual({ a: 1 })
    expect(codeOf('\uFEFF\uFEFF{}')).toBe('malformed-json')
  })

  it.each(['', ' ', '{', '{"a":1,}', '{"a":NaN}', "{'a':1}", '{"a":1} {"b":2}', '[1,2', '"open'])(
    'refuses %j as malformed',
    (text) => {
      expect(codeOf(text)).toBe('malformed-json')
    },
  )

  it.each(['{"a":1,"a":1}', '{"a":{"b":1,"b":2}}', '[{"a":1,"\\u0061":2}]', '{"__proto__":1,"__proto__":2}'])(
    'refuses duplicate keys in %j',
    (text) => {
      expect(codeOf(text)).toBe('duplicate-key')
    },
  )

  it.each([
    ['[{"a":1,"a":1}]', 0],
    ['[{"a":",[{"},{"b":[1,{"c":2}]},{"a":1},{"c":{"d":1,"d":2}},{"e":1,"e":1}]', 3],
    ['[1,"x:y",{"a":1,"a":1}]', 2],
    ['{"a":[{"b":1,"b":1}]}', undefined],
  ])('says which item of a list has them: %s', (text, index) => {
    expect(() => parseStrictJson(Buffer.from(text))).toThrow(
      expect.objectContaining({ code: 'duplicate-key', index }),
    )
  })

  it('does not take colons and quotes inside strings for keys', () => {
    expect(parseStrictJson(Buffer.from(String.raw`{"a:b":"c:\"d\":","e\\":1}`))).toEqual({
      'a:b': 'c:"d":',
      'e\\': 1,
    })
  })

  it('refuses deep nesting before parsing it', () => {
    expect(codeOf('['.repeat(100_000) + ']'.repeat(100_000))).toBe('json-too-deep')
    expect(codeOf('{"a":'.repeat(100_000))).toBe('json-too-deep')
  })

  it('refuses invalid UTF-8', () => {
    expect(codeOf(Buffer.from([0x22, 0xff, 0x22]))).toBe('invalid-utf8')
  })

  it('leaves prototypes alone', () => {
    const parsed = parseStrictJson(Buffer.from('{"__proto__":{"polluted":true}}'))
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    expect(Object.keys(parsed as object)).toEqual(['__proto__'])
  })
})

describe('refuseReservedKeys', () => {
  const refuse = (text: string) => () => refuseReservedKeys(parseStrictJson(Buffer.from(text)))

  it.each([
    '{"__proto__":1}',
    '{"a":[{"constructor":{}}]}',
    '{"a":{"\\u005f_proto__":null}}',
    '[{"prototype":1}]',
  ])('refuses %s', (text) => {
    expect(refuse(text)).toThrow(expect.objectContaining({ code: 'duplicate-key' }))
  })

  it.each(['null', '"__proto__"', '["constructor"]', '{"a":"prototype","toString":1}'])(
    'takes %s',
    (text) => {
      expect(refuse(text)).not.toThrow()
    },
  )
})
