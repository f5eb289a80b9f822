import { describe, expect, it } from '@jest/globals';
import { fillForm } from './form.js';

const PAGE = new URL('https://id.example/interaction/1');
const form = (inputs: string, method = 'post'): string =>
  `<main><form method="${method}" action="/next?a=1&amp;b=2">${inputs}<button name="cancel" value="yes">x</button></form></main>`;

describe('a form', () => {
  it('is filled in by names; hidden fields go along', () => {
    const inputs = '<input type="hidden" name="t" value="&quot;1&quot;"><input id="l" name="login" value="" required>';
    const filled = fillForm(form(inputs), PAGE, { login: 'aylin', code: '1' });
    expect([filled?.action.href, filled?.fields.toString()]).toEqual([
      'https://id.example/next?a=1&b=2',
      't=%221%22&login=aylin',
    ]);
  });

  it.each([
    ['no form', '<p>Nichts</p>'],
    ['a form that asks for something unknown', form('<input name="iban">')],
    ['a search', form('<input name="login">', 'get')],
  ])('%s is none', (_what, html) => {
    expect(fillForm(html, PAGE, { login: 'aylin' })).toBeUndefined();
  });
});
