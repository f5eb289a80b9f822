import { describe, expect, it } from '@jest/globals';
import { TestClock } from '#lib/testing';
import { quietly } from './quietly.js';

describe('a problem that comes again and again', () => {
  it('is told once a minute', async () => {
    const clock = new TestClock();
    const told: string[] = [];
    const report = quietly(clock, (problem) => told.push(problem));
    for (let second = 0; second < 120; second += 1) {
      report(`second ${second}`);
      await clock.advance(1_000);
    }
    expect(told).toEqual(['second 0', 'second 60']);
  });
});
