import { sep } from 'node:path';

/** A path as a relative address for a page: 'my photo.lrk' becomes 'my%20photo.lrk'. */
export const addressOf = (path: string): string => path.split(sep).map(encodeURIComponent).join('/');
