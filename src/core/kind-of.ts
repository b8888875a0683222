/** The built-in tag of a value: 'Uint8Array' for one of any realm and for a Node Buffer. `instanceof` does not know those of other realms. */
export const kindOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);
