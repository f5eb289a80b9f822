import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = resolve(import.meta.dirname, '../..');

/** Rule → the file that breaks it, and how. All stand in one house, built for this test. */
const VIOLATIONS: Record<string, readonly [file: string, code: string]> = {
  ...layerViolations(),
  'no-cycles': ['libs/kernel/src/one.ts', "import { b } from './two.js';\nexport const a = (): unknown => b;"],
  'front-door-only': ['libs/upstream/src/deep.ts', "import '../../kernel/src/two.js';"],
  'subsidiaries-are-islands': ['libs/subsidiaries/energy/src/nosy.ts', "import '../../housing/src/index.js';"],
  'subsidiary-front-door': ['libs/subsidiaries/index.ts', "import './energy/src/nosy.js';"],
  'subsidiaries-through-the-list': [
    'apps/gateway/src/by-name.ts',
    "import '../../../libs/subsidiaries/energy/src/index.js';",
  ],
  'testing-from-specs-only': ['libs/upstream/src/tested.ts', "import '#lib/testing';"],
  'sandbox-shares-nothing': ['apps/sandbox/src/shares.ts', "import '#lib/kernel';"],
  'apps-are-apart': ['apps/gateway/src/neighbour.ts', "import '../../reader/src/read.js';"],
  'axios-in-upstream-only': ['libs/partner/src/network.ts', "import 'axios';"],
  'postgres-in-store-only': ['libs/customer/src/database.ts', "import 'kysely';"],
  'redis-in-cache-only': ['libs/upstream/src/redis.ts', "import 'ioredis';"],
  'not-to-unresolvable': ['libs/graph/src/path.ts', "import '#lib/kernel/src/two.js';"],
};

const BYSTANDERS: Record<string, string> = {
  'libs/kernel/src/two.ts': "import { a } from './one.js';\nexport const b = a;",
  'apps/reader/src/read.ts': '',
  'libs/subsidiaries/energy/src/index.ts': '',
  'libs/subsidiaries/housing/src/index.ts': '',
};

/** Each room reaches for the one above it, neighbours for each other. */
function layerViolations(): Record<string, readonly [string, string]> {
  const rooms =
    'kernel formats config subsidiary-kit cache store upstream customer access processes overview graph partner';
  const above = 'config config formats cache store upstream customer access processes overview partner partner graph';
  const targets = above.split(' ');
  const cases = rooms
    .split(' ')
    .map((room, index) => [`layer-${room}`, [`libs/${room}/src/up.ts`, `import '#lib/${targets[index]}';`]] as const);
  return {
    ...Object.fromEntries(cases),
    'layer-service-center': ['libs/service-center/src/up.ts', "import '#subsidiaries';"],
    'layer-subsidiaries': ['libs/subsidiaries/energy/src/up.ts', "import '#lib/service-center';"],
  };
}

const NETWORK: Record<string, string> = {
  axios: "import 'axios';",
  http: "import 'node:http';",
  sockets: "import { connect } from 'node:net';\nexport { connect };",
  undici: "import { request } from 'undici';\nexport { request };",
  fetch: "export const answer = fetch('http://x');",
};

let house: string;

function write(path: string, content: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), `${content}\n`);
}

function run(script: string, args: string[]): string {
  const { stdout, stderr, error } = spawnSync(process.execPath, [join(ROOT, 'node_modules', script), ...args], {
    cwd: house,
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (error || stdout === '') throw new Error(`${script} did not run: ${stderr}${error?.message ?? ''}`);
  return stdout;
}

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'saaltor-house-'));
  for (const name of ['.dependency-cruiser.cjs', '.oxlintrc.json', 'tsconfig.json', 'package.json'])
    cpSync(join(ROOT, name), join(house, name));
  symlinkSync(join(ROOT, 'node_modules'), join(house, 'node_modules'));
  for (const [path, content] of Object.entries(BYSTANDERS)) write(path, content);
  for (const [path, content] of Object.values(VIOLATIONS)) write(path, content);
  const doors = Object.values(VIOLATIONS).flatMap(([, code]) => /#lib\/([a-z-]+)'/.exec(code)?.[1] ?? []);
  for (const room of new Set(doors)) write(`libs/${room}/src/index.ts`, '');
});

afterAll(() => rmSync(house, { recursive: true }));

describe('the walls of the house', () => {
  let broken: { from: string; rule: { name: string } }[];

  beforeAll(() => {
    const args = ['--config', '.dependency-cruiser.cjs', '-T', 'json', 'apps', 'libs'];
    const report = run('dependency-cruiser/bin/dependency-cruise.mjs', args);
    broken = (JSON.parse(report) as { summary: { violations: typeof broken } }).summary.violations;
  }, 60_000);

  it('have a deliberate violation for every rule', async () => {
    const { default: rules } = (await import(join(ROOT, '.dependency-cruiser.cjs'))) as {
      default: { forbidden: { name: string }[] };
    };
    expect(rules.forbidden.map(({ name }) => name).toSorted()).toEqual(Object.keys(VIOLATIONS).toSorted());
  });

  it.each(Object.keys(VIOLATIONS))('hold against a violation of %s', (rule) => {
    expect(broken.filter(({ rule: { name } }) => name === rule).map(({ from }) => from)).toContain(
      VIOLATIONS[rule]![0],
    );
  });
});

describe('the one door to the network', () => {
  let refused: string[];

  beforeAll(() => {
    for (const [name, code] of Object.entries(NETWORK)) {
      write(`libs/graph/src/net/${name}.ts`, code);
      write(`libs/upstream/src/net/${name}.ts`, code);
    }
    const report = JSON.parse(run('oxlint/bin/oxlint', ['-f', 'json', 'libs'])) as {
      diagnostics: { code: string; filename: string }[];
    };
    refused = report.diagnostics.filter(({ code }) => code.includes('no-restricted')).map(({ filename }) => filename);
  }, 60_000);

  it.each(Object.keys(NETWORK))('is closed to %s in any other lib and open in upstream', (name) => {
    expect(refused).toContain(`libs/graph/src/net/${name}.ts`);
    expect(refused).not.toContain(`libs/upstream/src/net/${name}.ts`);
  });
});
