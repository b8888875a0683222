/** What a value calls itself, wherever it was made: 'Uint8Array' for one of another realm and for Node's Buffer, which `instanceof` may not know. */
export const kindOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);
