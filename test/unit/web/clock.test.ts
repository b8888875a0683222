import { describe, expect, it } from 'vitest';
import { createClock } from '../../../src/web/clock.js';

describe('The clock of a player', () => {
  let now = 1000;
  const start = () => createClock(() => now);

  it('stands at 0 until it is started, and then follows real time', () => {
    const clock = start();
    now += 500;
    expect(clock.time).toBe(0);
    clock.run(true);
    expect(clock.time).toBe(0);
    now += 70;
    expect(clock.time).toBe(70);
  });

  it('pauses, and continues from there', () => {
    const clock = start();
    clock.run(true);
    now += 30;
    clock.run(false);
    now += 1e6;
    expect(clock.time).toBe(30);
    clock.run(false);
    clock.run(true);
    now += 5;
    expect(clock.time).toBe(35);
  });

  it('loses nothing if it is started while it runs', () => {
    const clock = start();
    clock.run(true);
    for (let i = 0; i < 10; i++) {
      now += 0.125;
      clock.run(true);
    }
    expect(clock.time).toBe(1.25);
  });

  it('continues from the time it is set to, running or not, even before 0', () => {
    const clock = start();
    clock.set(200);
    now += 40;
    expect(clock.time).toBe(200);
    clock.run(true);
    now += 40;
    expect(clock.time).toBe(240);
    clock.set(-10);
    expect(clock.time).toBe(-10);
    now += 40;
    expect(clock.time).toBe(30);
    clock.set(clock.time - 100);
    clock.run(false);
    expect(clock.time).toBe(-70);
  });
});
