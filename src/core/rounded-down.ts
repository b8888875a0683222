/** A value with two decimals, rounded down: in an error, what can be reached is also what can be asked for. */
export const roundedDown = (value: number): string => (Math.floor(value * 100) / 100).toFixed(2);
