const leaks = '<rootDir>/libs/testkit/src/fail-on-leak.ts';
/** Where processes, stores or servers are waited for. (A project cannot set `testTimeout`.) */
const unhurried = [leaks, '<rootDir>/test/support/unhurried.ts'];

const project = (displayName, testMatch, extra = {}) => ({
  displayName,
  testMatch,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2023',
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  setupFilesAfterEnv: [leaks],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/', '<rootDir>/.hyperhook/'],
  ...extra,
});

const kafka = ['/libs/log/src/kafka/', '/libs/testkit/src/kafka', '/apps/ingestion/src/upstream/'];

/** Over a real broker. */
const kafkaSuites = [
  '<rootDir>/libs/log/src/kafka/**/*.int.spec.ts',
  '<rootDir>/libs/testkit/src/kafka*/**/*.int.spec.ts',
  '<rootDir>/libs/testkit/src/kafka*.int.spec.ts',
  '<rootDir>/test/kafka/**/*.spec.ts',
  '<rootDir>/test/resilience/kafka/**/*.spec.ts',
  '<rootDir>/apps/ingestion/src/upstream/**/*.int.spec.ts',
  '<rootDir>/test/deploy/**/*.int.spec.ts',
];

/**
 * `unit` is pure and fast; `int` talks to a real store or server; `kafka` to a real broker; `e2e` starts the whole system
 * in one process, `browser` looks at its pages in Chromium, and `kafka-e2e` runs the specs of test/e2e again, over separate processes on a real broker.
 */
export default {
  maxWorkers: 2,
  // Modules of a suite that has ended stay in its worker's memory (jest, as long as ES modules come through node:vm): after two
  // hundred suites one had 4 GB, which is where V8 ends it.
  workerIdleMemoryLimit: '1GB',
  projects: [
    project(
      'unit',
      [
        '<rootDir>/{libs,apps,scripts,bench}/**/*.spec.ts',
        '<rootDir>/test/deploy/**/*.spec.ts',
        '<rootDir>/test/resilience/{chaos,overload}/**/*.spec.ts',
      ],
      { testPathIgnorePatterns: ['/node_modules/', '\\.int\\.spec\\.ts$'] },
    ),
    project('int', ['<rootDir>/{libs,apps}/**/*.int.spec.ts'], {
      testPathIgnorePatterns: ['/node_modules/', ...kafka],
      setupFilesAfterEnv: unhurried,
    }),
    project('kafka', kafkaSuites, { setupFilesAfterEnv: unhurried }),
    project('e2e', ['<rootDir>/test/**/*.spec.ts'], {
      testPathIgnorePatterns: [
        '/node_modules/',
        '/test/browser/',
        '/test/kafka/',
        '/test/resilience/kafka/',
        '/test/resilience/chaos/',
        '/test/resilience/overload/',
        '/test/deploy/',
      ],
      setupFilesAfterEnv: unhurried,
    }),
    project('browser', ['<rootDir>/test/browser/**/*.spec.ts'], { setupFilesAfterEnv: unhurried }),
    project('kafka-e2e', ['<rootDir>/test/e2e/**/*.spec.ts'], {
      globals: { engineKind: 'kafka' },
      setupFilesAfterEnv: unhurried,
    }),
  ],
};
