import { describe, expect, it } from '@jest/globals';
import { KeyNames } from './key-names.js';

const MASTER = Buffer.alloc(32, 7);
const STATE = { mark: 's1' };
const KEY = '["energy.contracts","0300000017",[],4]';

describe('the name of a value in Redis', () => {
  it.each([
    ['without a secret', null],
    ['with one', MASTER],
  ])('shows nothing of the key, %s', (_, master) => {
    const name = new KeyNames('saaltor', 'b1', STATE, master).nameOf(KEY);
    expect(name).toMatch(/^saaltor:b1:[\w-]{43}$/);
    expect(name).not.toContain('0300000017');
  });

  it('is another one for each key, prefix, build, state of the database and secret', () => {
    const names = [
      new KeyNames('saaltor', 'b1', STATE, MASTER).nameOf(KEY),
      new KeyNames('saaltor', 'b1', STATE, MASTER).nameOf('["energy.contracts","0300000018",[],4]'),
      new KeyNames('saaltor', 'b1', STATE, MASTER).nameOf('["energy.contracts","0300000017",[],5]'),
      new KeyNames('rehearsal', 'b1', STATE, MASTER).nameOf(KEY),
      new KeyNames('saaltor', 'b1', { mark: 's2' }, MASTER).nameOf(KEY),
      new KeyNames('saaltor', 'b2', STATE, MASTER).nameOf(KEY),
      new KeyNames('saaltor', 'b1', STATE, Buffer.alloc(32, 8)).nameOf(KEY),
      new KeyNames('saaltor', 'b1', STATE, null).nameOf(KEY),
    ];
    expect(new Set(names).size).toBe(names.length);
  });

  it('is the same on every instance', () => {
    const [one, other] = [1, 2].map(() => new KeyNames('saaltor', 'b1', STATE, MASTER).nameOf(KEY));
    expect(one).toBe(other);
  });
});
