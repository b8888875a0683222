import { createHash } from 'node:crypto';

/** The hash source of a script or style for a Content-Security-Policy. */
export const sourceHash = (source: string): string =>
  `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
