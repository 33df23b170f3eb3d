import { expect, test } from 'vitest'
import { EMPTY_SHA256, signedHeaders, signedQuery } from './sign-request.ts'

/** The worked examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
const signer = {
  region: 'us-east-1',
  credentials: {
    accessKey: 'AKIAIOSFODNN7EXAMPLE',
    secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    sessionToken: null,
  },
}
const now = new Date('2013-05-24T00:00:00Z')
const host = 'examplebucket.s3.amazonaws.com'
const head = { method: 'GET', host, path: '/' }

test.each([
  [{ lifecycle: '' }, 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'],
  [{ 'max-keys': '2', prefix: 'J' }, '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
])('signs %j as the documentation does', (query, signature) => {
  const headers = signedHeaders({ ...head, query, bodySha256: EMPTY_SHA256 }, signer, now)
  expect(headers['authorization']).toBe(
    'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, ' +
      `SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${signature}`,
  )
  expect(headers['x-amz-date']).toBe('20130524T000000Z')
})

test('signs a link as the documentation does', () => {
  const query = signedQuery({ ...head, path: '/test.txt', query: {} }, signer, now, 86_400)
  expect(query).toContain('X-Amz-Expires=86400')
  expect(query).toMatch(/X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404$/)
})

test('sends the token of lent credentials, signed', () => {
  const lent = { ...signer, credentials: { ...signer.credentials, sessionToken: 'token' } }
  const headers = signedHeaders({ ...head, query: {}, bodySha256: EMPTY_SHA256 }, lent, now)
  expect(headers['x-amz-security-token']).toBe('token')
  expect(headers['authorization']).toContain('x-amz-date;x-amz-security-token')
})
