import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdviserHouse, type RestAnswer } from './adviser-house.js';

/** The customer whom the examples speak of. */
const PERSONA = 'aylin';

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly example?: unknown;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly example?: unknown;
  readonly schema?: Schema;
}

interface Content {
  readonly schema: Schema;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const OPERATIONS = [
  'get /partner/v1/energy/contracts',
  'get /partner/v1/energy/contracts/{id}',
  'get /partner/v1/energy/contracts/{id}/consumption',
  'get /partner/v1/energy/contracts/{id}/instalment',
  'get /partner/v1/energy/meters',
  'get /partner/v1/energy/readings',
  'get /partner/v1/energy/tariffs',
  'post /partner/v1/energy/readings',
];

describe('the examples of the OpenAPI document for energy', () => {
  let advisers: AdviserHouse;
  let document: OpenApi;

  beforeAll(async () => {
    advisers = await AdviserHouse.open();
    document = (await advisers.get('/partner/v1/openapi.json', null)).body as OpenApi;
  }, 60_000);
  afterAll(() => advisers.close());

  const operationOf = (name: string): Operation => {
    const [method = '', path = ''] = name.split(' ');
    return document.paths[path]![method]!;
  };
  /** Does what the document shows, with exactly the rights that it names. */
  const follow = async (name: string): Promise<RestAnswer> => {
    const [method, path = ''] = name.split(' ');
    const operation = operationOf(name);
    const { parameters = [], security = [] } = operation;
    const exampleOf = ({ example, schema }: Parameter): unknown => example ?? schema?.example;
    const given = parameters.filter((parameter) => exampleOf(parameter) !== undefined);
    expect(parameters.filter((each) => each.required && !given.includes(each)).map(({ name: each }) => each)).toEqual(
      [],
    );
    const query = given.filter((each) => each.in === 'query').map((each) => [each.name, String(exampleOf(each))]);
    const filled = given
      .filter((each) => each.in === 'path')
      .reduce((text, each) => text.replace(`{${each.name}}`, encodeURIComponent(String(exampleOf(each)))), path);
    const url = query.length === 0 ? filled : `${filled}?${new URLSearchParams(query)}`;
    const granted = security.flatMap(({ grant = [] }) => grant);
    // Who submits readings needs the right to see them besides, as the summary says.
    const scopes = name.startsWith('post')
      ? [...granted, 'energy.readings:read']
      : [...granted, 'energy.locations:read'];
    const letIn = security.length === 0 ? null : { persona: PERSONA, scopes };
    if (method === 'get') return advisers.get(url, letIn);
    const body = exampleFrom(operation.requestBody!.content['application/json']!.schema);
    return advisers.post(url, letIn!, body, { 'idempotency-key': randomUUID() });
  };
  const resolved = (schema: Schema): Schema => {
    const one = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].find(
      (each) => each.type !== 'null',
    );
    if (one !== undefined) return { ...resolved(one), nullable: true };
    return schema.$ref === undefined ? schema : document.components.schemas[schema.$ref.split('/').at(-1)!]!;
  };
  /** The body that a schema's own examples make. */
  const exampleFrom = (schema: Schema): unknown => {
    const found = resolved(schema);
    if (found.example !== undefined) return found.example;
    if (found.items) return [exampleFrom(found.items)];
    return Object.fromEntries(
      Object.entries(found.properties ?? {}).map(([name, inner]) => [name, exampleFrom(inner)] as const),
    );
  };
  /** Where a value is not as its schema says: missing, unknown, of another type or word. */
  const misfits = (value: unknown, schema: Schema, at = '$'): string[] => {
    const found = resolved(schema);
    const types = [found.type ?? []].flat();
    if (value === null) return found.nullable === true || types.includes('null') ? [] : [`${at} is null`];
    if (found.enum && !found.enum.includes(value)) return [`${at} is no word of its list`];
    if (Array.isArray(value)) {
      if (!found.items) return [`${at} is a list`];
      return value.flatMap((item, index) => misfits(item, found.items!, `${at}[${index}]`));
    }
    if (typeof value === 'object') {
      if (!found.properties) return types.includes('object') ? [] : [`${at} is an object`];
      const missing = (found.required ?? [])
        .filter((name) => !(name in value))
        .map((name) => `${at}.${name} is missing`);
      return Object.entries(value).reduce((faults, [name, inner]) => {
        const property = found.properties![name];
        return faults.concat(property ? misfits(inner, property, `${at}.${name}`) : [`${at}.${name} is unknown`]);
      }, missing);
    }
    const type = typeof value === 'number' ? (types.includes('integer') ? 'integer' : 'number') : typeof value;
    return types.length === 0 || types.includes(type) ? [] : [`${at} is ${typeof value}`];
  };

  it('are there for every operation', () => {
    const found = Object.entries(document.paths)
      .filter(([path]) => path.startsWith('/partner/v1/energy/'))
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
    expect(found.toSorted()).toEqual(OPERATIONS);
  });

  it.each(OPERATIONS.filter((name) => name.startsWith('get')))('%s is answered as it shows', async (name) => {
    const { status, body } = await follow(name);
    const { schema, examples } = operationOf(name).responses['200']!.content!['application/json']!;
    expect([status, body]).toEqual([200, examples!['sandbox']!.value]);
    expect(misfits(body, schema)).toEqual([]);
  });

  it('post /partner/v1/energy/readings is done, and seen', async () => {
    const { status, body, headers } = await follow('post /partner/v1/energy/readings');
    expect([201, 202]).toContain(status);
    const { schema } = operationOf('post /partner/v1/energy/readings').responses[String(status)]!.content![
      'application/json'
    ]!;
    expect(misfits(body, schema)).toEqual([]);
    expect(body).toMatchObject({ kind: 'energy.submit-readings', refusal: null });
    const letIn = { persona: PERSONA, scopes: ['energy.readings:read'] };
    expect(await advisers.get(headers.get('location')!, letIn)).toMatchObject({ status: 200 });
  }, 30_000);

  it('would be noticed if they were wrong', () => {
    const { schema } = operationOf(OPERATIONS[0]!).responses['200']!.content!['application/json']!;
    const source = { subsidiary: 'ENERGY', system: 'sap-umc', asOf: 'x', stale: 'no' };
    expect(misfits({ items: [{ id: 7, colour: 'red', commodity: 'COAL' }], source }, schema)).toEqual(
      expect.arrayContaining([
        '$.items[0].number is missing',
        '$.items[0].id is number',
        '$.items[0].colour is unknown',
        '$.items[0].commodity is no word of its list',
        '$.source.stale is string',
      ]),
    );
  });
});
