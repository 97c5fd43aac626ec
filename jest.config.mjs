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
  setupFilesAfterEnv: ['<rootDir>/libs/testkit/src/fail-on-leak.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/', '<rootDir>/.hyperhook/'],
  ...extra,
});

const kafka = ['/libs/log/src/kafka/', '/libs/testkit/src/kafka'];

/** `unit` is pure and fast; `int` talks to a real store or server; `kafka` to a real broker; `e2e` starts the whole system. */
export default {
  maxWorkers: 2,
  projects: [
    project('unit', ['<rootDir>/{libs,apps,scripts}/**/*.spec.ts'], {
      testPathIgnorePatterns: ['/node_modules/', '\\.int\\.spec\\.ts$'],
    }),
    project('int', ['<rootDir>/{libs,apps}/**/*.int.spec.ts'], {
      testPathIgnorePatterns: ['/node_modules/', ...kafka],
    }),
    project('kafka', [
      '<rootDir>/libs/log/src/kafka/**/*.int.spec.ts',
      '<rootDir>/libs/testkit/src/kafka*/**/*.int.spec.ts',
      '<rootDir>/libs/testkit/src/kafka*.int.spec.ts',
      '<rootDir>/test/kafka/**/*.spec.ts',
      '<rootDir>/test/resilience/kafka/**/*.spec.ts',
    ]),
    project('e2e', ['<rootDir>/test/**/*.spec.ts'], {
      testPathIgnorePatterns: ['/node_modules/', '/test/kafka/', '/test/resilience/kafka/'],
    }),
  ],
};
