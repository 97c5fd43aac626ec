/** The arrows of the house (docs/architecture.md): each forbidden one says why. */
const libs = (names) => `^libs/(${names.join('|')})/`;
const lib = (name) => `^libs/${name}/`;
const specs = '\\.spec\\.ts$';
const fixtures = '^(apps|libs)/[^/]+/fixtures/';

/** What each library may import besides itself. Everything else under libs/ is forbidden to it. */
const arrows = {
  domain: [],
  contracts: ['domain'],
  log: ['domain', 'contracts'],
  control: ['domain', 'contracts', 'log'],
  'webhook-http': ['domain', 'contracts'],
  'read-model': ['domain', 'contracts', 'log'],
  'http-edge': ['domain', 'contracts', 'log', 'control', 'platform'],
  'grpc-edge': ['domain', 'contracts', 'control', 'http-edge', 'platform'],
  platform: [],
  service: ['domain', 'contracts', 'log', 'control', 'webhook-http', 'http-edge', 'platform'],
};
const all = [...Object.keys(arrows), 'testkit'];

module.exports = {
  forbidden: [
    ...Object.entries(arrows).map(([name, allowed]) => ({
      name: `${name}-arrows`,
      comment: `libs/${name} may import only: ${allowed.join(', ') || 'nothing of ours'}`,
      severity: 'error',
      from: { path: lib(name), pathNot: specs },
      to: { path: libs(all.filter((other) => other !== name && !allowed.includes(other))) },
    })),
    {
      name: 'core-is-pure',
      comment: 'libs/domain decides and evolves: time, ids, randomness and the world arrive in commands',
      severity: 'error',
      from: { path: lib('domain'), pathNot: specs },
      to: { pathNot: lib('domain') },
    },
    {
      name: 'nest-only-at-the-door',
      comment: 'Nest belongs to apps; libraries take plain arguments',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: 'node_modules/@nestjs/' },
    },
    {
      name: 'apps-are-islands',
      comment: 'apps never import apps, except standalone, which composes them',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/standalone/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'the-page-speaks-rest',
      comment:
        'apps/dashboard runs in a browser and knows the engine by its REST API alone, as its document types it',
      severity: 'error',
      from: { path: '^apps/dashboard/src/', pathNot: specs },
      to: { path: ['^libs/', '^scripts/'] },
    },
    {
      name: 'the-page-runs-in-browsers',
      comment: 'nothing of Node is there; what customers run on their servers is only shown',
      severity: 'error',
      from: { path: '^apps/dashboard/src/', pathNot: [specs, '/verify/snippets/'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'libs-do-not-know-apps',
      comment: 'arrows point inwards',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(apps|test|bench|demo)/' },
    },
    {
      name: 'testkit-is-for-tests',
      comment: 'production code must run without test code',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: [specs, fixtures, lib('testkit')] },
      to: { path: lib('testkit') },
    },
    {
      name: 'fixtures-are-for-tests',
      comment: 'production code must run without test code',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: [specs, fixtures, lib('testkit')] },
      to: { path: fixtures },
    },
    {
      name: 'no-circular',
      comment: 'a circle means two files are one noun, or a third noun is missing',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'libs-by-their-door',
      comment: 'another library is imported through its index (its public names)',
      severity: 'error',
      from: { path: '^libs/([^/]+)/', pathNot: specs },
      to: { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
