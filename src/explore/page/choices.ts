import { debounce } from './debounce.js';
import { fromHash, type State, toHash } from './state.js';

/** Milliseconds that choices must rest before they are in the link: browsers refuse frequent updates. */
const REST = 150;

/** What is chosen, in the page and in its link. It is changed only here. */
export interface Choices {
  /** Every change replaces it. */
  readonly now: Readonly<State>;
  /** Takes over choices, and soon writes the link. */
  choose(chosen: Partial<State>): void;
  /** Adapts what is chosen to the open picture. The link stays as it is until the next choice. */
  adapt(adapted: Partial<State>): void;
  /** Chooses what the link says. */
  readLink(): void;
  writeLink(): void;
}

export function createChoices(): Choices {
  let now = fromHash(location.hash);
  const adapt = (changed: Partial<State>): void => {
    now = { ...now, ...changed };
  };
  const writeLink = (): void => {
    const hash = toHash(now);
    history.replaceState(null, '', hash ? `#${hash}` : location.pathname + location.search);
  };
  const writeSoon = debounce(writeLink);

  return {
    get now() {
      return now;
    },
    choose(chosen) {
      adapt(chosen);
      writeSoon(REST);
    },
    adapt,
    readLink() {
      now = fromHash(location.hash);
    },
    writeLink,
  };
}
