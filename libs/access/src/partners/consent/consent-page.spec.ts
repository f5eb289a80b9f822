import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { consentPage, messagePage, onwardPage, pageHeaders } from './consent-page.js';

const QUESTION = {
  action: '/partner/oauth/interaction/abc',
  formToken: 'token',
  customerName: 'Kim <script>alert(1)</script>',
  partnerName: 'Boots-App "&" Söhne',
  scopes: ['Ihre Boote sehen.', 'Ihre Liegeplätze <sehen>.'],
  until: '21. Mai 2027',
};

describe('the consent page', () => {
  it('names the partner, what it may do and until when', () => {
    const html = consentPage(QUESTION);
    expect(html).toContain('Darf Boots-App &quot;&amp;&quot; Söhne auf Ihre Angaben zugreifen?');
    expect(html).toContain('<li>Ihre Boote sehen.</li>');
    expect(html).toContain('Bis zum 21. Mai 2027.');
  });

  it('shows no text of others as markup', () => {
    const html = consentPage(QUESTION);
    expect(html).not.toMatch(/<script|<sehen>/);
    expect(messagePage('<b>', '<i>')).not.toMatch(/<b>|<i>/);
    expect(onwardPage('/"><script>')).not.toContain('<script>');
  });

  it('can be read by everybody: language, one heading, a landmark, a form without a script', () => {
    const html = consentPage(QUESTION);
    expect(html).toContain('<html lang="de">');
    expect(html.match(/<h1>/g)).toHaveLength(1);
    expect(html).toContain('<main>');
    expect(html).toMatch(/<title>[^<]+<\/title>/);
    expect(html.match(/<button /g)).toHaveLength(2);
    expect(html).not.toMatch(/\son[a-z]+=|javascript:|https?:\/\//);
  });

  it('allows exactly its own style, and forms to lead to the partner alone', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(consentPage(QUESTION))![1]!;
    const digest = createHash('sha256').update(style).digest('base64');
    const policy = pageHeaders(['https://boats.example'])['content-security-policy'];
    expect(policy).toContain(`style-src 'sha256-${digest}'`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' https://boats.example;");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it.each([
    ['text on the page', '#1b1b1b', '#ffffff'],
    ['the button that allows', '#ffffff', '#00416a'],
    ['the button that refuses', '#00416a', '#ffffff'],
    ['the ring of focus', '#8a4600', '#ffffff'],
  ])('has a contrast of at least 4.5 to 1 for %s', (_, front, back) => {
    const short = (colour: string): string => (colour === '#ffffff' ? '#fff' : colour);
    const html = consentPage(QUESTION);
    expect([html.includes(short(front)), html.includes(short(back))]).toEqual([true, true]);
    expect(contrast(front, back)).toBeGreaterThanOrEqual(4.5);
  });
});

/** WCAG 2.2, definition of contrast ratio. */
function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((left, right) => right - left) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
