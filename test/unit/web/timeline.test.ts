import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timelineOf } from '../../../src/web/timeline.js';

describe('A timeline', () => {
  it('tells when each frame starts, and which one is due', () => {
    const line = timelineOf([40, 10, 100]);
    expect([line.frames, line.duration]).toEqual([3, 150]);
    expect([0, 1, 2, 3].map(line.startOf)).toEqual([0, 40, 50, 150]);
    const times = [-5, 0, 39.9, 40, 49, 50, 149, 150, 1e9];
    expect(times.map(line.frameAt)).toEqual([0, 0, 0, 1, 1, 2, 2, 2, 2]);
  });

  it('of frames without duration has the last of them due', () => {
    const line = timelineOf([0, 0, 20, 0, 0]);
    expect([-1, 0, 19, 20].map(line.frameAt)).toEqual([0, 2, 2, 4]);
    expect(line.duration).toBe(20);
  });

  it('without frames, or at an invalid time, gives the first', () => {
    expect([timelineOf([]).frames, timelineOf([]).duration, timelineOf([]).frameAt(7)]).toEqual([0, 0, 0]);
    expect(timelineOf([10, 10]).frameAt(Number.NaN)).toBe(0);
  });

  it('agrees with a frame-by-frame search', () => {
    const durations = fc.array(fc.nat(500), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(durations, fc.integer({ min: -100, max: 30_000 }), (of, time) => {
        const line = timelineOf(of);
        let due = 0;
        let start = 0;
        of.forEach((duration, t) => {
          expect(line.startOf(t)).toBe(start);
          if (start <= time) due = t;
          start += duration;
        });
        expect([line.frameAt(time), line.duration]).toEqual([due, start]);
      }),
    );
  });
});
