import { inspect } from 'lowrank';
import { createHandler } from 'lowrank/serve';
import type { Random } from '../random.js';
import { hold } from './attempt.js';
import type { Target } from './target.js';

const STATUSES = [200, 206, 304, 400, 404, 405, 416, 500];

/** Text of characters with a meaning in requests, and of others. */
const text = (random: Random): string =>
  Array.from({ length: random.small(30) }, () =>
    random.chance(0.8)
      ? random.pick([...'0123456789-,=/.%&?*"\\ ;:+eEx'])
      : String.fromCharCode(32 + random.below(224)),
  ).join('');

const range = (random: Random): string =>
  `bytes=${random.pick(['', random.below(4000), '9'.repeat(30)])}-${random.pick(['', random.below(4000), '9'.repeat(30)])}`;

/** The handler answers any request for any file, and states the length of its answer. */
export const serveTarget: Target = {
  name: 'serve',
  weight: 0.5,
  async run(bytes, random) {
    const query = random.pick([
      `scale=${random.pick([1, 2, 4, 8])}`,
      `width=${random.below(70_000)}`,
      `width=${random.below(99)}&height=${random.below(99)}`,
      '',
      text(random),
    ]);
    const path = random.chance(0.9) ? 'a.lrk' : `${text(random)}${random.pick(['', '.lrk'])}`;
    const headers = new Headers();
    if (random.chance(0.4)) headers.set('Range', random.chance(0.8) ? range(random) : text(random));
    if (random.chance(0.2)) headers.set('If-None-Match', random.pick(['*', text(random)]));
    if (random.chance(0.1)) headers.set('If-Range', text(random));
    const method = random.pick(['GET', 'GET', 'GET', 'HEAD', 'POST']);
    let request: Request;
    try {
      request = new Request(`http://127.0.0.1/${path}?${query}`, { method, headers });
    } catch {
      return;
    }
    const asked: string[] = [];
    const handler = createHandler(path => {
      asked.push(path);
      return random.chance(0.98) ? bytes : undefined;
    });
    const answer = await handler(request);
    const { status } = answer;
    hold(STATUSES.includes(status), `status ${status}`);
    hold(
      asked.every(path => path.endsWith('.lrk') && !/[\\/]\.\.([\\/]|$)|\0/.test(path)),
      `asked for ${asked}`,
    );
    const body = new Uint8Array(await answer.arrayBuffer());
    if (status !== 200 && status !== 206) return;
    hold(method === 'HEAD' || answer.headers.get('content-length') === `${body.length}`, 'another length');
    hold(body.length <= bytes.length + 64, `${body.length} bytes of ${bytes.length}`);
    // A cut file is complete.
    if (status === 200 && method === 'GET' && body.length < bytes.length)
      hold(inspect(body).complete, 'half a file');
  },
};
