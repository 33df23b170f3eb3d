/** The layers of docs/ARCHITECTURE.md, each rule with its reason. */
const pkg = (name) => `^packages/${name}/`
const server = '^packages/server/src/'

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle means that two modules are one subject or that a port is missing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'protocol-imports-nothing-of-ours',
      comment: 'protocol is the shared vocabulary: whoever it imported would have to be shared, too.',
      severity: 'error',
      from: { path: pkg('protocol') },
      to: { path: '^packages/(?!protocol/)' },
    },
    {
      name: 'protocol-does-no-io',
      comment: 'protocol runs in browsers, on servers and on devices: no Node built-ins.',
      severity: 'error',
      from: { path: pkg('protocol'), pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'client-imports-only-protocol',
      comment: 'The client has no dependencies but the wire types.',
      severity: 'error',
      from: { path: pkg('client'), pathNot: '\\.test\\.ts$' },
      to: { pathNot: [pkg('client'), pkg('protocol')] },
    },
    {
      name: 'web-imports-only-protocol-and-client',
      comment: 'The web app speaks to the server over REST, never through its code.',
      severity: 'error',
      from: { path: pkg('web') },
      to: { path: pkg('server') },
    },
    {
      name: 'domain-knows-only-ports',
      comment: 'The domain is the same on every storage profile and behind every transport.',
      severity: 'error',
      from: { path: `${server}domain/` },
      to: { path: `${server}(transport|cli|config|main|storage/[a-z]+/|pictures/)` },
    },
    {
      name: 'fields-are-leaves',
      comment: 'A field type is one module; it knows the protocol and its own port, nothing else.',
      severity: 'error',
      from: { path: `${server}fields/` },
      to: { path: server, pathNot: `${server}fields/` },
    },
    {
      name: 'ports-know-no-adapter',
      comment: 'A port that imported an adapter would no longer be a port.',
      severity: 'error',
      from: { path: `${server}storage/[^/]+\\.ts$`, pathNot: '\\.test\\.ts$' },
      to: { path: `${server}(storage/[a-z]+/|domain/|transport/|cli/)` },
    },
    {
      name: 'adapters-know-no-other-adapter',
      comment:
        'Adapters are chosen by the composition root alone. sql/ holds the queries that all SQL engines share.',
      severity: 'error',
      from: { path: `${server}storage/(sqlite|postgres|disk|s3)/`, pathNot: '\\.test\\.ts$' },
      to: { path: `${server}storage/(?!$1/|sql/|contract/)[a-z0-9]+/` },
    },
    {
      name: 'storage-knows-no-domain',
      comment: 'Adapters know their port and the protocol.',
      severity: 'error',
      from: { path: `${server}storage/`, pathNot: '\\.test\\.ts$' },
      to: { path: `${server}(domain|transport|cli|config)/` },
    },
    {
      name: 'transport-constructs-no-adapters',
      comment: 'Only the composition root constructs adapters.',
      severity: 'error',
      from: { path: `${server}(transport|domain)/`, pathNot: '\\.test\\.ts$' },
      to: { path: `${server}storage/(sql|sqlite|postgres|disk|s3)/` },
    },
    {
      name: 'no-deep-imports-across-packages',
      comment: 'A package is used through its exports.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/(?!$1/)[^/]+/src/(?!index\\.ts$|api/index\\.ts$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
}
