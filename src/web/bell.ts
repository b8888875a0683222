/** Wakes those who wait. */
export interface Bell {
  /** Resolves when the bell rings next. */
  readonly rung: Promise<void>;
  ring(): void;
}

/** A bell that has not rung yet. */
export function createBell(): Bell {
  let resolve: () => void;
  let rung: Promise<void>;
  const renew = (): void => {
    rung = new Promise(done => {
      resolve = done;
    });
  };
  renew();
  return {
    get rung() {
      return rung;
    },
    ring() {
      resolve();
      renew();
    },
  };
}
