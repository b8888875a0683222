import { sep } from 'node:path';

/** The path of an .lrk file as a relative address for a page: 'my photo.lrk' becomes 'my%20photo.lrk'; '-' is that of stdin.lrk. */
export const addressOf = (path: string): string =>
  path === '-' ? 'stdin.lrk' : path.split(sep).map(encodeURIComponent).join('/');
