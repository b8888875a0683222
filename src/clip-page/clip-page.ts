import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { IoError } from '../io/index.js';
import type { ClipData } from './clip-data.js';

/** The page without a clip, made by `npm run build`. */
const TEMPLATE = fileURLToPath(new URL('../../dist/clip-page/page.html', import.meta.url));
const PLACE = '{"frames":[]}';

/** The HTML page that plays a separated clip: one file that loads nothing else. Throws IoError NOT_FOUND if the page has not been built. */
export async function clipPage(data: ClipData): Promise<string> {
  const template = await readFile(TEMPLATE, 'utf8').catch(cause => {
    throw new IoError('NOT_FOUND', {
      path: TEMPLATE,
      reason: 'the page is not built: npm run build',
      cause,
    });
  });
  // '<' would end the element that holds the data
  return template.replace(PLACE, () => JSON.stringify(data).replaceAll('<', '\\u003c'));
}
