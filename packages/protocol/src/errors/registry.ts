/**
 * Every error that Senio answers with, in one place. `code` is stable: clients may compare it.
 * `docs/errors.md` is held equal to this list by a test.
 */

/** Whose fault it is: bad input, wrong use of our own API, a passing condition, or a bug of ours. */
export type Fault = 'Rejected' | 'Misuse' | 'Unavailable' | 'Defect'

export interface ErrorKind {
  /** HTTP status. */
  readonly status: number
  readonly fault: Fault
  /** A short summary that doesn't change from case to case. */
  readonly title: string
  /** For docs/errors.md: when it happens and what to do. */
  readonly help: string
}

function rejected(status: number, title: string, help: string): ErrorKind {
  return { status, fault: 'Rejected', title, help }
}

function unavailable(status: number, title: string, help: string): ErrorKind {
  return { status, fault: 'Unavailable', title, help }
}

export const errorRegistry = {
  // 400: malformed
  'malformed-json': rejected(
    400,
    'Malformed JSON',
    'The body is not one JSON text, or there is none. Check commas, quotes and that the whole body was sent.',
  ),
  'json-too-deep': rejected(
    400,
    'JSON nested too deeply',
    'No measurement needs more than a few levels. Send the object as documented.',
  ),
  'invalid-utf8': rejected(
    400,
    'Not valid UTF-8',
    'JSON and names are UTF-8. Encode the body as UTF-8 before sending it.',
  ),
  'malformed-multipart': rejected(
    400,
    'Malformed multipart body',
    'The multipart body is cut short or built wrongly. Let an HTTP library build it, and set no Content-Type by hand.',
  ),
  'malformed-url': rejected(
    400,
    'Malformed URL',
    'A percent escape in the path or query is not valid UTF-8, or the path holds a separator or control character. Percent-encode the name once.',
  ),
  'malformed-request': rejected(
    400,
    'Malformed request',
    'The request is not valid HTTP, for example two Authorization headers or a body that ends early.',
  ),
  'malformed-gzip': rejected(
    400,
    'Malformed gzip body',
    'The body is declared as gzip but cannot be inflated.',
  ),
  // 401, 403
  'not-signed-in': rejected(401, 'Not signed in', 'Sign in, or send `Authorization: Bearer <API token>`.'),
  'wrong-credentials': rejected(
    401,
    'Wrong e-mail or password',
    'Check both. After several failures sign-in is slowed down.',
  ),
  'key-refused': rejected(
    403,
    'Key refused',
    "Send the sensor's own device key as `Authorization: Bearer <key>`. The same answer is given for a missing, wrong or revoked key and for a sensor that doesn't exist.",
  ),
  'wrong-origin': rejected(
    403,
    'Wrong origin',
    'A write authorised by the session cookie must come from the web app itself. Scripts use an API token.',
  ),
  'not-allowed': rejected(403, 'Not allowed', 'Only an administrator of this installation may do this.'),
  'setup-refused': rejected(
    403,
    'Set-up link refused',
    'The one-time link was used already or is wrong. The server prints a new one at its next start while no account exists.',
  ),
  // 404, 405, 408, 409, 412
  'not-found': rejected(404, 'Not found', "There is no such path or object, or it isn't yours."),
  'method-not-allowed': rejected(
    405,
    'Method not allowed',
    'The path exists but has no such method. The `Allow` header lists the ones it has.',
  ),
  'body-too-slow': rejected(
    408,
    'Body too slow',
    'The body did not arrive in time. Send it again over a better connection, or send less at once.',
  ),
  'name-taken': rejected(409, 'Name taken', 'Choose another name: something of yours has this one already.'),
  'changed-meanwhile': rejected(
    412,
    'Changed meanwhile',
    'Somebody changed it since you read what `If-Match` names. Read it again, and decide what to keep.',
  ),
  // 413, 415, 416
  'body-too-large': rejected(413, 'Body too large', 'Send fewer measurements a request.'),
  'image-too-large': rejected(
    413,
    'Image too large',
    'Send a smaller picture, or raise the limit in the settings of the server.',
  ),
  'too-many-measurements': rejected(
    413,
    'Too many measurements',
    'Send at most 10,000 measurements a request.',
  ),
  'too-many-parts': rejected(
    413,
    'Too many parts',
    'A multipart body holds one `json` part and one part per image field.',
  ),
  'unsupported-content-type': rejected(
    415,
    'Unsupported content type',
    'Publish application/json, application/x-ndjson, multipart/form-data, image/jpeg, image/png or image/webp.',
  ),
  'unsupported-encoding': rejected(
    415,
    'Unsupported content encoding',
    'Send the body as it is, or compressed with gzip.',
  ),
  'range-not-satisfiable': rejected(
    416,
    'Range not satisfiable',
    'The range begins after the last byte. `Content-Range` says how many bytes there are.',
  ),
  'unsupported-image': rejected(
    415,
    'Unsupported image format',
    'An image is JPEG, PNG or WebP, told by its bytes; its name and declared type do not count.',
  ),
  // 417
  'expectation-failed': rejected(
    417,
    'Expectation failed',
    'The header `Expect` can only be `100-continue`. Send the request without it.',
  ),
  // 422
  'timestamp-missing': rejected(
    422,
    'Timestamp missing',
    'Every measurement needs `timestamp`, milliseconds since the Unix epoch. A device without a clock adds ?clock=server to the URL.',
  ),
  'timestamp-invalid': rejected(
    422,
    'Timestamp invalid',
    '`timestamp` is a JSON number: milliseconds since the Unix epoch, positive.',
  ),
  'timestamp-in-seconds': rejected(
    422,
    'Timestamp looks like seconds',
    'Multiply by 1000: timestamps are milliseconds since the Unix epoch.',
  ),
  'timestamp-in-future': rejected(
    422,
    'Timestamp in the future',
    "Set the device's clock (NTP), or let the server stamp the time with ?clock=server.",
  ),
  'measurement-invalid': rejected(
    422,
    'Not a measurement',
    'A measurement is an object with `timestamp`, `data` and, if you like, `tags`.',
  ),
  'data-empty': rejected(422, 'Nothing to store', 'A measurement carries at least one field value or image.'),
  'unknown-field': rejected(
    422,
    'Unknown field',
    'The sensor has no field of this name. Names are exact; add the field in the settings of the sensor first.',
  ),
  'value-invalid': rejected(
    422,
    'Invalid value',
    "The value does not fit the field's type: scalar = finite number, boolean = true or false, location = an object with lat and lon, image = a file part or raw body.",
  ),
  'duplicate-key': rejected(
    422,
    'Duplicate or reserved key',
    'Every key of a JSON object appears once, and `__proto__`, `constructor` and `prototype` are not used.',
  ),
  'duplicate-part': rejected(
    422,
    'Duplicate part',
    'One `json` part, and one file per image field and measurement.',
  ),
  'part-missing': rejected(
    422,
    'Part missing',
    'A multipart measurement needs a part named `json` that holds the timestamp.',
  ),
  'tags-invalid': rejected(
    422,
    'Invalid tags',
    'Tags are null, an array of at most 32 strings, or a flat object of at most 32 strings, numbers or booleans; a string has at most 256 characters, of which most emoji are two.',
  ),
  'image-empty': rejected(
    422,
    'Empty image',
    'The file has 0 bytes: the camera probably failed. Check the file before sending it.',
  ),
  'image-dimensions': rejected(
    422,
    'Image dimensions refused',
    'The picture has no pixels or more than the limit in the settings of the server.',
  ),
  'image-hash-collision': rejected(
    422,
    'Image hash collision',
    'Other bytes with the same SHA-1 are stored already. These bytes were made to collide and are refused.',
  ),
  'parameter-invalid': rejected(
    422,
    'Invalid parameter',
    'A query parameter or a value of the body does not fit, is missing or not known; `field` names it.',
  ),
  'limit-reached': rejected(
    422,
    'Limit reached',
    'This installation allows no more of these for one account or sensor.',
  ),
  // 429, 431
  'rate-limited': {
    status: 429,
    fault: 'Unavailable',
    title: 'Too many requests',
    help: 'Wait as long as `Retry-After` says.',
  },
  'headers-too-large': rejected(431, 'Headers too large', 'Send fewer or shorter headers.'),
  // 5xx
  defect: {
    status: 500,
    fault: 'Defect',
    title: 'Internal error',
    help: 'A bug of Senio. The log of the server has the details under the request id.',
  },
  overloaded: unavailable(
    503,
    'Overloaded',
    'The server cannot take more at the moment. Try again after `Retry-After` seconds.',
  ),
  'shutting-down': unavailable(503, 'Shutting down', 'The server is being stopped. Try again in a moment.'),
  'storage-failing': unavailable(
    503,
    'Storage failing',
    'The storage of the server cannot be written. Try again later; the log of the server says why.',
  ),
  'storage-full': unavailable(
    507,
    'Storage full',
    'The disk or quota of the server is full. Nothing was stored; make room and try again.',
  ),
} as const satisfies Record<string, ErrorKind>

/** A stable error code: a key of the registry. */
export type ErrorCode = keyof typeof errorRegistry

export const errorCodes = Object.keys(errorRegistry) as ErrorCode[]

/** The registered facts about a code, widened to the common interface. */
export function errorKind(code: ErrorCode): ErrorKind {
  return errorRegistry[code]
}
