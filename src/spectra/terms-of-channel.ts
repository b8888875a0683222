import type { Term } from '../encode/columns/factorise.js';
import type { ColumnFactored } from './dissection.js';

/** Layout `channel`: the terms of one channel, in the order of its columns. */
export const termsOfChannel = ({ terms }: ColumnFactored, channel: number): Term[] =>
  terms.filter(step => step.channel === channel).map(({ term }) => term);
