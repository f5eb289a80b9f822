import { describe, expect, it } from '@jest/globals';
import { atOnce, inTurns, type Turns } from './turns.js';

function* counting(seen: number[]): Turns<string> {
  for (let turn = 1; turn <= 3; turn += 1) {
    seen.push(turn);
    yield;
  }
  return 'done';
}

describe('work in turns', () => {
  it('gives the same in one go and turn by turn', async () => {
    expect(atOnce(counting([]))).toBe('done');
    expect(await inTurns(counting([]), new AbortController().signal)).toBe('done');
  });

  it('lets others go first between turns', async () => {
    const seen: number[] = [];
    const running = inTurns(counting(seen), new AbortController().signal);
    expect(seen).toEqual([1]);
    await running;
    expect(seen).toEqual([1, 2, 3]);
  });

  it('stops at the next turn once it is given up, saying why', async () => {
    const seen: number[] = [];
    const controller = new AbortController();
    const running = inTurns(counting(seen), controller.signal);
    controller.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    expect(seen).toEqual([1]);
  });
});
