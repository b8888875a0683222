import { sep } from 'node:path';

/** A path as the relative address that a page names it by: 'my photo.lrk' is 'my%20photo.lrk'. */
export const addressOf = (path: string): string => path.split(sep).map(encodeURIComponent).join('/');
