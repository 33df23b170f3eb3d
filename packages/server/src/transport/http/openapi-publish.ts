/** The publish part of the contract, described by hand: its bodies are read and checked without schemas. */
export const publishPaths = {
  '/publish/{name}': {
    parameters: [
      {
        name: 'name',
        in: 'path',
        required: true,
        description: 'name of the sensor',
        schema: { type: 'string' },
      },
    ],
    get: {
      tags: ['Publish'],
      summary: 'Check the set-up of a device',
      security: [{ deviceKey: [] }],
      responses: {
        200: answer('The sensor that the key opens, and its fields', reference('PublishCheck')),
        ...refusals(),
      },
    },
    post: {
      tags: ['Publish'],
      summary: 'Publish measurements',
      description:
        'One measurement as JSON, as multipart (a part `json`, and a file named after each image field) or as a raw image; ' +
        'many as an array or as NDJSON, all or nothing. 201 means that they are on stable storage. Publishing the same ' +
        'again changes nothing.',
      security: [{ deviceKey: [] }],
      parameters: [
        query(
          'clock',
          '`server`: stamp the time of arrival, whatever a device without a clock sends as timestamp',
          {
            const: 'server',
          },
        ),
        query('field', 'raw images: the image field', { type: 'string' }),
        query('timestamp', 'raw images: milliseconds since the Unix epoch', { type: 'number' }),
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            example: { timestamp: 1474383378795.2, data: { temp: 22, humidity: 50 }, tags: null },
            schema: {
              oneOf: [
                reference('PublishRequestInput'),
                { type: 'array', items: reference('PublishRequestInput'), maxItems: 10_000 },
              ],
            },
          },
          'application/x-ndjson': { schema: { type: 'string', description: 'one measurement a line' } },
          'multipart/form-data': {
            schema: {
              type: 'object',
              properties: { json: reference('PublishRequestInput') },
              additionalProperties: { type: 'string', contentMediaType: 'application/octet-stream' },
            },
          },
          'image/jpeg': {},
          'image/png': {},
          'image/webp': {},
        },
      },
      responses: {
        201: answer('Stored', { oneOf: [reference('Published'), reference('Accepted')] }),
        ...refusals(),
      },
    },
  },
}

function reference(schema: string) {
  return { $ref: `#/components/schemas/${schema}` }
}

function answer(description: string, schema: object) {
  return { description, content: { 'application/json': { schema } } }
}

function query(name: string, description: string, schema: object) {
  return { name, in: 'query', required: false, description, schema }
}

function refusals() {
  const content = { 'application/problem+json': { schema: reference('Problem') } }
  return {
    '4XX': { description: 'Refused: nothing was stored', content },
    '5XX': { description: 'Not possible at the moment: nothing was stored, try again', content },
  }
}
