import type { FieldsJson } from '@senio/protocol/api'
import { describe, expect, it } from 'vitest'
import { type SnippetTarget, snippetLanguages } from './index.ts'

const key = '0b8b1c8e-7f6c-4a0c-9a8e-2f6d5b6c7d8e'
const publishUrl = 'http://pi.local:8080/publish/rpi'

const values: FieldsJson = {
  temp: { type: 'scalar', unit: 'celsius' },
  door: { type: 'boolean', unit: '' },
}
const camera: FieldsJson = { cam1: { type: 'image', unit: '' } }

function codes(language: string, change: Partial<SnippetTarget>): string[] {
  const snippets = snippetLanguages
    .find(({ id }) => id === language)
    ?.snippets({ publishUrl, key, fields: values, ...change })
  return (snippets ?? []).map(({ code }) => code)
}

describe.each(snippetLanguages.map(({ id }) => id))('the snippets for %s', (language) => {
  it('carry the address and the key of this very sensor', () => {
    for (const code of codes(language, { fields: { ...values, ...camera } })) {
      expect(code).toContain(publishUrl)
      expect(code).toContain(`Bearer ${key}`)
    }
  })

  it('publish values alone where there is no image field', () => {
    const [only, ...others] = codes(language, { fields: values })
    expect(only).toContain('temp')
    expect(only).toContain('door')
    expect(others).toEqual([])
  })

  it('publish values and pictures where there are both', () => {
    const all = codes(language, { fields: { ...values, ...camera } }).join('\n')
    expect(all).toContain('temp')
    expect(all).toContain('cam1')
  })

  it('send no values where there are image fields alone', () => {
    const all = codes(language, { fields: camera })
    expect(all).toHaveLength(1)
    expect(all[0]).toContain('cam1')
    expect(all[0]).not.toContain('"data"')
  })

  it('are none for a sensor without fields', () => {
    expect(codes(language, { fields: {} })).toEqual([])
  })
})

describe('curl', () => {
  it('sends JSON with the time stamped by the server', () => {
    expect(codes('curl', {})).toEqual([
      [
        `curl 'http://pi.local:8080/publish/rpi?clock=server' \\`,
        `  -H 'Authorization: Bearer ${key}' \\`,
        `  -H 'Content-Type: application/json' \\`,
        `  -d '{"data":{"temp":22.5,"door":true}}'`,
      ].join('\n'),
    ])
  })

  it('sends values and a picture as multipart, and a picture alone as raw body', () => {
    const [, multipart, raw] = codes('curl', { fields: { ...values, ...camera } })
    expect(multipart).toContain(`--form-string 'json={"data":{"temp":22.5,"door":true}}'`)
    expect(multipart).toContain(`-F 'cam1=@picture.jpg'`)
    expect(raw).toContain(`/publish/rpi?field=cam1&clock=server'`)
    expect(raw).toContain('--data-binary @picture.jpg')
  })

  it('sends several pictures of one measurement from several files', () => {
    const [multipart] = codes('curl', {
      fields: { left: { type: 'image', unit: '' }, right: { type: 'image', unit: '' } },
    })
    expect(multipart).toContain(`--form-string 'json={}'`)
    expect(multipart).toContain(`-F 'left=@picture-1.jpg'`)
    expect(multipart).toContain(`-F 'right=@picture-2.jpg'`)
  })

  it('escapes field names in the address', () => {
    const fields: FieldsJson = { 'cam (höhe)': { type: 'image', unit: '' } }
    expect(codes('curl', { fields })[0]).toContain('?field=cam%20(h%C3%B6he)&clock=server')
  })
})

describe('Python', () => {
  it("spells values in Python's words", () => {
    expect(codes('python', {})[0]).toContain('"data": {"temp": 22.5, "door": True},')
  })

  it('opens every picture on its own', () => {
    const fields: FieldsJson = { left: { type: 'image', unit: '' }, right: { type: 'image', unit: '' } }
    const [code] = codes('python', { fields })
    expect(code).toContain('"left": open("picture-1.jpg", "rb"),')
    expect(code).toContain('"right": open("picture-2.jpg", "rb"),')
  })
})

describe('Arduino', () => {
  it('builds the body from variables named like the fields', () => {
    const [code] = codes('arduino', {})
    expect(code).toContain('String temp = "22.5";')
    expect(code).toContain(
      String.raw`String body = String("{\"data\":{\"temp\":") + temp + ",\"door\":" + door + "}}";`,
    )
  })

  it('numbers the variables of names that C++ does not know', () => {
    const [code] = codes('arduino', {
      fields: { höhe: { type: 'scalar', unit: 'm' }, int: { type: 'scalar', unit: '' } },
    })
    expect(code).toContain('String value1 =')
    expect(code).toContain('String value2 =')
    expect(code).toContain(String.raw`{\"höhe\":`)
  })

  it('uses an encrypted client for https alone', () => {
    expect(codes('arduino', {})[0]).not.toContain('WiFiClientSecure')
    expect(codes('arduino', { publishUrl: 'https://senio.example/publish/rpi' })[0]).toContain(
      'WiFiClientSecure client',
    )
  })
})
