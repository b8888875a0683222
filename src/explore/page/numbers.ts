/** Numbers as the page writes them. */
export const integer = (value: number): string => Math.round(value).toLocaleString('en');
export const decibels = (value: number): string =>
  value === Infinity ? 'exact' : Number.isNaN(value) ? '-' : `${value.toFixed(2)} dB`;
/** A share of 1 in percent, with enough digits to tell it from all and from nothing. */
export function percent(share: number): string {
  const shown = Math.max(0, Math.min(1, share)) * 100;
  const digits =
    shown === 0 || shown === 100 ? 0 : shown > 99.9 || shown < 0.1 ? 3 : shown > 99 || shown < 1 ? 2 : 1;
  return `${shown.toFixed(digits)} %`;
}
export const bits = (value: number): string => `${value < 10 ? value.toFixed(1) : integer(value)} bits`;
/** The name of a channel among `channels`. */
export const channelName = (channel: number, channels: number): string =>
  channels > 2
    ? channel === 3
      ? 'Alpha'
      : (['Brightness', 'Colour 1', 'Colour 2'][channel] as string)
    : channel
      ? 'Alpha'
      : 'Grey';
