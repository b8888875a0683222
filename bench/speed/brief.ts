/** A number with three digits, without decimals from 100 on. */
export const brief = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
