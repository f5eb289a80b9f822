import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { basic, type Bench, NODE, startBench } from './umc-test-client.js';

const ROOT = `${NODE}ERP_UTILITIES_UMC/`;
const DIVISIONS = `${ROOT}Divisions?$format=json`;

describe('a session', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.close());
  beforeEach(() => {
    bench.city.clock.shift(0);
    bench.system.reset();
  });

  /** Signs on and returns what the client keeps. */
  async function signOn(): Promise<{ cookie: string; token: string }> {
    const reply = await bench.ask('GET', ROOT, { ...basic(bench.system), 'x-csrf-token': 'Fetch' });
    const cookie = reply.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    return { cookie, token: reply.headers.get('x-csrf-token') ?? '' };
  }

  it('is opened by Basic sign-on, with the cookies of an ABAP server', async () => {
    const { headers } = await bench.ask('GET', DIVISIONS, { ...basic(bench.system), 'X-CSRF-Token': 'fetch' });
    const cookies = headers.getSetCookie();
    expect(cookies).toHaveLength(3);
    expect(cookies[0]).toBe('sap-usercontext=sap-client=100; path=/');
    expect(cookies[1]).toMatch(/^SAP_SESSIONID_GM6_100=[\w-]{43}%3d; path=\/; HttpOnly$/);
    expect(cookies[2]).toMatch(/^sap-XSRF_GM6_100=.+; path=\/$/);
  });

  it('goes on by its cookie alone and sets no cookie again', async () => {
    const { cookie } = await signOn();
    const reply = await bench.ask('GET', DIVISIONS, { cookie });
    expect(reply.status).toBe(200);
    expect(reply.headers.getSetCookie()).toEqual([]);
    expect(JSON.parse(reply.text)).toHaveProperty('d.results');
  });

  it('lives thirty idle minutes', async () => {
    const { cookie } = await signOn();
    bench.city.clock.shift(29 * 60_000);
    expect((await bench.ask('GET', DIVISIONS, { cookie })).text).toContain('results');
    bench.city.clock.shift(58 * 60_000);
    expect((await bench.ask('GET', DIVISIONS, { cookie })).text).toContain('results');
    bench.city.clock.shift(89 * 60_000);
    expect((await bench.ask('GET', DIVISIONS, { cookie })).text).toContain('loginForm');
  });

  it.each(['reset', 'unknown'])(
    'that is %s shows the logon form with status 200, even beside Basic sign-on',
    async (kind) => {
      const { cookie } = await signOn();
      if (kind === 'reset') bench.system.reset();
      const sent = kind === 'reset' ? cookie : 'SAP_SESSIONID_GM6_100=someone';
      const headers = { ...basic(bench.system), accept: 'application/json', cookie: sent };
      for (const method of ['GET', 'POST']) {
        const reply = await bench.ask(method, DIVISIONS, headers);
        expect(reply.status).toBe(200);
        expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8');
        expect(reply.text).toContain('name="loginForm"');
        expect(reply.headers.get('x-csrf-token')).toBeNull();
      }
    },
  );

  it.each([
    ['no sign-on', {}],
    ['a wrong password', { authorization: `Basic ${Buffer.from('SAALTOR_UMC:wrong').toString('base64')}` }],
    ['another scheme', { authorization: 'Bearer abc' }],
  ])('is denied to %s', async (_name, headers) => {
    const reply = await bench.ask('GET', DIVISIONS, headers as Record<string, string>);
    expect(reply.status).toBe(401);
    expect(reply.headers.get('www-authenticate')).toContain('Basic realm=');
    expect(reply.headers.get('content-type')).toContain('text/html');
  });

  it('has one CSRF token, given on request only', async () => {
    const { cookie, token } = await signOn();
    expect((await bench.ask('GET', DIVISIONS, { cookie })).headers.get('x-csrf-token')).toBeNull();
    const again = await bench.ask('GET', DIVISIONS, { cookie, 'x-csrf-token': 'Fetch' });
    expect(again.headers.get('x-csrf-token')).toBe(token);
  });

  it('refuses a write without its token', async () => {
    const mine = await signOn();
    const others = await signOn();
    for (const token of [undefined, 'Fetch', 'stale', others.token]) {
      const headers = { cookie: mine.cookie, ...(token !== undefined && { 'x-csrf-token': token }) };
      const reply = await bench.ask('PUT', `${ROOT}Accounts('1')`, headers, '{}');
      expect(reply.status).toBe(403);
      expect(reply.headers.get('x-csrf-token')).toBe('Required');
      expect(reply.text).toBe('CSRF token validation failed');
    }
  });

  it.each([
    ['PUT', "Accounts('1')", 501, 'ACCOUNTS_UPDATE_ENTITY'],
    ['POST', 'MeterReadingResults', 501, 'METERREADINGRESU_CREATE_ENTITY'],
    ['DELETE', "BudgetBillingPlans(ContractID='1',BudgetBillingPlanID='2')", 501, 'BUDGETBILLINGPLA_DELETE_ENTITY'],
    ['PUT', "BudgetBillingPlans(ContractID='1',BudgetBillingPlanID='2')", 404, '/IWBEP/CM_MGW_RT/020'],
    ['POST', "Devices('1')/MeterReadingResults", 404, '/IWBEP/CM_MGW_RT/020'],
    ['POST', 'Nothing', 404, 'Nothing'],
  ])('answers %s %s with SAP’s refusal once the token is right', async (method, resource, status, text) => {
    const { cookie, token } = await signOn();
    const headers = { cookie, 'x-csrf-token': token, accept: 'application/json' };
    const reply = await bench.ask(method, `${ROOT}${resource}`, headers, '{}');
    expect(reply.status).toBe(status);
    expect(reply.text).toContain(text);
    expect(JSON.parse(reply.text)).toHaveProperty('error.innererror.errordetails.0.severity', 'error');
  });
});
