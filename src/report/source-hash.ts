import { createHash } from 'node:crypto';

/** The source of a script or a style as a Content-Security-Policy names it. */
export const sourceHash = (source: string): string =>
  `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
