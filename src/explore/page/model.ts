import type { Calls } from '../protocol.js';
import { type Choices, createChoices } from './choices.js';
import type { Making } from './making.js';
import { createPicture, type Picture } from './picture.js';

/** Highest rank of layout `block`, before the factors are known. */
const MOST = 64;

/** What the parts of the page read: what is chosen, what is known of the picture, and answers about it. */
export interface Model {
  readonly choices: Choices;
  readonly picture: Picture;
  /** The chosen rank, or the highest there is. */
  rank(): number;
  /** Asks about the present factors; undefined without an answer, or if others have come in front meanwhile. */
  ask<K extends keyof Calls>(
    name: K,
    ...args: Parameters<Calls[K]>
  ): Promise<ReturnType<Calls[K]> | undefined>;
}

export function createModel(making: Making): Model {
  const choices = createChoices();
  const picture = createPicture();
  return {
    choices,
    picture,
    rank: () => Math.min(choices.now.rank ?? Number.POSITIVE_INFINITY, picture.now.parts?.columns ?? MOST),
    async ask(name, ...args) {
      const { generation } = picture.now;
      const answer = await making.ask(name, ...args).catch(() => undefined);
      return generation === picture.now.generation ? answer : undefined;
    },
  };
}
