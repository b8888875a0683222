/** A stopwatch in milliseconds. */
export interface Clock {
  readonly time: number;
  set(time: number): void;
  run(on: boolean): void;
}

/** A stopped clock at 0. It only reads `now` when asked, so that no errors add up. */
export function createClock(now: () => number): Clock {
  let time = 0;
  let since: number | undefined;
  const clock: Clock = {
    get time() {
      return since === undefined ? time : time + now() - since;
    },
    set(to) {
      time = to;
      if (since !== undefined) since = now();
    },
    run(on) {
      time = clock.time;
      since = on ? now() : undefined;
    },
  };
  return clock;
}
