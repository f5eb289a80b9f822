// Native ESM through SWC; "source" makes #lib/* resolve to TypeScript, so tests never run a stale build.
export default {
  // Two suites at a time, and a new process before an old one grows large: native ESM is never freed within a process.
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
  // A hanging test ends after this; five seconds, Jest's own, are not enough on two busy cores.
  testTimeout: 20_000,
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test', '<rootDir>/tools'],
  testRegex: '\\.spec\\.ts$',
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        module: { type: 'es6' },
        jsc: {
          target: 'es2022',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
      },
    ],
    // @fastify/static and light-my-request require() these two ESM-only packages; Node allows it, Jest does not.
    'node_modules/(content-disposition|cookie)/.*\\.js$': ['@swc/jest', { swcrc: false, module: { type: 'commonjs' } }],
  },
  transformIgnorePatterns: ['/node_modules/(?!(content-disposition|cookie)/)'],
};
