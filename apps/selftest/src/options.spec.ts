import { describe, expect, it } from '@jest/globals';
import { parseOptions } from './options.js';

describe('the arguments of the self-test', () => {
  it('name the gateway; the rest has a default', () => {
    expect(parseOptions(['http://127.0.0.1:4000/'])).toMatchObject({
      json: false,
      target: { gateway: 'http://127.0.0.1:4000', channel: undefined, persona: 'aylin' },
    });
  });

  it('name channel, persona and sandbox', () => {
    const { target } = parseOptions([
      'https://c.example',
      '--channel',
      'counter',
      '--sandbox',
      'http://127.0.0.1:4200',
    ]);
    expect([target.channel, target.persona, target.sandbox.href]).toEqual([
      'counter',
      'agent-energy-service',
      'http://127.0.0.1:4200/',
    ]);
    expect(parseOptions(['https://c.example', '--channel=counter', '--persona=kim']).target.persona).toBe('kim');
  });

  it.each([[[]], [['a', 'b']], [['portal.example']], [['https://a.example/path']], [['ftp://a']], [['--what']]])(
    '%j are refused',
    (args) => {
      expect(() => parseOptions(args)).toThrow();
    },
  );

  it('may ask for help alone', () => {
    expect(parseOptions(['--help']).help).toBe(true);
  });
});
