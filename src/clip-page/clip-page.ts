import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { IoError } from '../io/index.js';
import type { ClipData } from './clip-data.js';

/** The page without a clip, as `npm run build` makes it. */
const TEMPLATE = fileURLToPath(new URL('../../dist/clip-page/page.html', import.meta.url));
const PLACE = '{"frames":[]}';

/** The HTML page that plays a separated clip: one file, nothing else is loaded. Throws IoError NOT_FOUND where the page has not been built. */
export async function clipPage(data: ClipData): Promise<string> {
  const template = await readFile(TEMPLATE, 'utf8').catch(cause => {
    throw new IoError('NOT_FOUND', {
      path: TEMPLATE,
      reason: 'the page is not built: npm run build',
      cause,
    });
  });
  // '<' would end the element that the data stand in
  return template.replace(PLACE, () => JSON.stringify(data).replaceAll('<', '\\u003c'));
}
