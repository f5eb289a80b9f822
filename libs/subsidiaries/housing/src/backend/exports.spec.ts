import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { zipSync } from 'fflate';
import type { HttpRequest, HttpResponse } from '#lib/upstream';
import { filesOver } from '../testing/files-over.js';
import { ExportServer } from './export-server.js';
import { OpenImmoExport } from './openimmo-export.js';
import { WodisExport } from './wodis-export.js';

const CALL = { signal: new AbortController().signal };
const fixture = (name: string): Buffer => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url));
const zipped = (entry: string, name: string): Buffer =>
  Buffer.from(zipSync({ [entry]: new Uint8Array(fixture(name)), '00700001.jpg': new Uint8Array([0xff, 0xd8]) }));

function file(type: string, body: Buffer, etag?: string, modified?: string): HttpResponse {
  return { status: 200, headers: { 'content-type': type, etag, 'last-modified': modified }, body };
}
const status = (code: number): HttpResponse => ({ status: code, headers: {}, body: Buffer.alloc(0) });
const UNCHANGED = status(304);
const ABSENT = status(404);
const PAGE = file('text/html', Buffer.from('<html></html>'));

/** A server that gives these answers one after the other, and what it was asked. */
function serverThatSays(...answers: readonly HttpResponse[]) {
  const requests: string[] = [];
  const rest = [...answers];
  const send = ({ method, path, headers }: HttpRequest) => {
    const lines = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`);
    requests.push(`${[`${method} http://export.example${path}`, ...lines].join('\n')}\n`);
    return Promise.resolve(rest.shift()!);
  };
  return { server: new ExportServer(filesOver({ send }), 'export', 'im'), requests };
}

describe('the Wodis export', () => {
  const EXPORT = zipped('objects.csv', 'objects.csv');
  const GOOD = file('application/zip', EXPORT, '"v1"', 'Sun, 22 Nov 2026 01:10:00 GMT');

  it('is read whole and dated by its file', async () => {
    const listings = await new WodisExport(serverThatSays(GOOD).server).load(CALL);
    expect(listings.value.map(({ number }) => number)).toEqual(['5120 / 4 / 11', '6034 / 2 / 7', '5120 / 4 / 13']);
    expect(listings).toMatchObject({
      omissions: [{ path: 'objects.csv[3].Warmmiete', reason: 'is not net rent plus service charges' }],
      leftOut: 1,
      asOf: '2026-11-22T01:10:00.000Z',
    });
  });

  it('is asked for by its tag the second time, as the golden request says, and is the same list then', async () => {
    const { server, requests } = serverThatSays(GOOD, UNCHANGED);
    const wodis = new WodisExport(server);
    const first = await wodis.load(CALL);
    expect((await wodis.load(CALL)).value).toBe(first.value);
    const golden = fixture('wodis-export.request.txt').toString();
    expect(requests).toEqual([golden.replace('if-none-match: "v1"\n', ''), golden]);
  });

  it('without a date is dated by nobody', async () => {
    const undated = file('application/zip', EXPORT);
    expect(await new WodisExport(serverThatSays(undated).server).load(CALL)).not.toHaveProperty('asOf');
  });

  it.each<[string, HttpResponse, string]>([
    ['cut off', { ...GOOD, body: EXPORT.subarray(0, 200) }, 'UPSTREAM_MALFORMED'],
    ['a web page', PAGE, 'UPSTREAM_MALFORMED'],
    ['not there', ABSENT, 'UPSTREAM_REJECTED'],
    ['behind a wrong password', status(401), 'UPSTREAM_REJECTED'],
    ['on a broken server', status(502), 'UPSTREAM_UNAVAILABLE'],
    ['unchanged although never read', UNCHANGED, 'UPSTREAM_REJECTED'],
  ])('that is %s fails, and is asked for by the last good tag afterwards', async (_case, answer, code) => {
    await expect(new WodisExport(serverThatSays(answer).server).load(CALL)).rejects.toMatchObject({ code });
    if (answer === UNCHANGED) return;
    const { server, requests } = serverThatSays(GOOD, answer, UNCHANGED);
    const wodis = new WodisExport(server);
    const good = await wodis.load(CALL);
    await expect(wodis.load(CALL)).rejects.toMatchObject({ code });
    expect(await wodis.load(CALL)).toEqual(good);
    expect(requests[2]).toContain('if-none-match: "v1"');
  });
});

describe('the OpenImmo feed', () => {
  const FULL = file('application/zip', zipped('feed.xml', 'openimmo.xml'), '"full1"', 'Sun, 22 Nov 2026 01:10:00 GMT');
  const LATER_FULL = file('application/xml', fixture('openimmo.xml'), '"full2"', 'Mon, 23 Nov 2026 01:10:00 GMT');
  const PART = file('application/xml', fixture('openimmo-teil.xml'), '"part1"', 'Sun, 22 Nov 2026 11:00:00 GMT');
  const load = (answers: readonly HttpResponse[]) => new OpenImmoExport(serverThatSays(...answers).server).load(CALL);
  const numbersOf = async (...answers: readonly HttpResponse[]) =>
    (await load(answers)).value.map(({ listing }) => listing.number);

  it('is the whole stock with the later changes in it, dated by the changes', async () => {
    expect(await numbersOf(FULL, ABSENT)).toEqual(['6034/2/7', '7001 / 1 / 1']);
    const changed = await load([FULL, PART]);
    expect(changed.value.map(({ listing }) => listing.number)).toEqual(['6034/2/7']);
    expect(changed).toMatchObject({ leftOut: 0, omissions: [], asOf: '2026-11-22T11:00:00.000Z' });
  });

  it('is asked for by its tags the second time, as the golden request says, and is the same list then', async () => {
    const { server, requests } = serverThatSays(FULL, PART, UNCHANGED, UNCHANGED);
    const openImmo = new OpenImmoExport(server);
    const first = await openImmo.load(CALL);
    expect((await openImmo.load(CALL)).value).toBe(first.value);
    expect(requests.slice(2).join('\n')).toBe(fixture('openimmo-export.request.txt').toString());
  });

  it('takes changes that are older than the stock for done', async () => {
    const { server } = serverThatSays(FULL, PART, LATER_FULL, PART, UNCHANGED, UNCHANGED);
    const openImmo = new OpenImmoExport(server);
    expect((await openImmo.load(CALL)).value).toHaveLength(1);
    const later = await openImmo.load(CALL);
    expect(later.value).toHaveLength(2);
    expect(later.asOf).toBe('2026-11-23T01:10:00.000Z');
    expect((await openImmo.load(CALL)).value).toBe(later.value);
  });

  it.each<[string, HttpResponse, string]>([
    ['cannot be had', status(500), 'UPSTREAM_UNAVAILABLE'],
    ['are no changes', PAGE, 'UPSTREAM_MALFORMED'],
    ['are cut off', file('text/xml', fixture('openimmo-teil.xml').subarray(0, 300)), 'UPSTREAM_MALFORMED'],
  ])('stays whole, and says so, when the changes %s', async (_case, answer, code) => {
    const { value, failure } = await load([FULL, answer]);
    expect(value).toHaveLength(2);
    expect(failure).toMatchObject({ code });
  });

  it.each<[string, HttpResponse, string]>([
    ['is not there', ABSENT, 'UPSTREAM_REJECTED'],
    ['is a web page', PAGE, 'UPSTREAM_MALFORMED'],
    ['is no feed', file('application/xml', Buffer.from('<html/>')), 'UPSTREAM_MALFORMED'],
    ['is behind a wrong password', status(401), 'UPSTREAM_REJECTED'],
  ])('that %s fails', async (_case, answer, code) => {
    await expect(load([answer])).rejects.toMatchObject({ code });
  });

  it('is given up while it is being read', async () => {
    const given = new AbortController();
    const loading = new OpenImmoExport(serverThatSays(FULL, PART).server).load({ signal: given.signal });
    given.abort(new Error('enough'));
    await expect(loading).rejects.toThrow('enough');
  });
});
