import { inspect } from 'lowrank';
import { encodeImage } from 'lowrank/node';
import lowrank from 'lowrank/vite';
import { createServer } from 'vite';
import { expect, it, onTestFinished } from 'vitest';
import { smooth } from '../unit/io/pictures.js';
import { expectPicture, newProject } from './project.js';

it('The development server serves the encoded file, and encodes again when the picture changes', async () => {
  const place = await newProject();
  const server = await createServer({
    root: place.root,
    configFile: false,
    logLevel: 'silent',
    plugins: [lowrank()],
    // The first free port from here on. With port 0 Vite requests a port, releases it and takes it again: another process may be faster.
    server: { port: 20_000 + (process.pid % 10_000), host: '127.0.0.1' },
  });
  onTestFinished(() => server.close());
  await server.listen();
  const origin = `http://127.0.0.1:${(server.httpServer!.address() as { port: number }).port}`;
  const load = async (path: string): Promise<Uint8Array> => {
    const response = await fetch(origin + path);
    expect(response.status).toBe(200);
    return new Uint8Array(await response.arrayBuffer());
  };
  // As in the browser: the import leads to the address that the server gave the module.
  const main = new TextDecoder().decode(await load('/src/main.js'));
  const [, address] = /from "(.*?lowrank.*?)"/.exec(main)!;
  expect(new TextDecoder().decode(await load(address!))).toContain('placeholder');

  const { default: hero } = await server.ssrLoadModule('/src/main.js');
  expectPicture(hero, await load(hero.src));

  await place.put('src/my hero.png', (await encodeImage(smooth(48, 32))).bytes);
  await expect
    .poll(async () => (await server.ssrLoadModule('/src/main.js')).default.width, { timeout: 60_000 })
    .toBe(48);
  const { default: changed } = await server.ssrLoadModule('/src/main.js');
  expect(changed.src).not.toBe(hero.src);
  expect(inspect(await load(changed.src))).toMatchObject({ width: 48, height: 32 });
});
