import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Driver, jsonCall, type Key, type Message } from './driver.js';
import { MESSAGES } from './messages.js';

/** The code points of the keys in WebDriver. */
const KEYS: Record<Key, string> = {
  Enter: '\uE007',
  Tab: '\uE004',
  Escape: '\uE00C',
  ArrowLeft: '\uE012',
  ArrowRight: '\uE014',
  ArrowUp: '\uE013',
  ArrowDown: '\uE015',
  Home: '\uE011',
  End: '\uE010',
};
/** The field with the id of an element in WebDriver. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
/** With its buttons MiniBrowser's window could not be as narrow as a telephone. */
const NARROW = '* { min-width: 0; min-height: 0; padding: 0; margin: 0; border: 0; font-size: 1px; }';

/** Debian's WebKitGTK, on a display of its own, over WebDriver. */
export async function openWebkit(binary: string, isDark: boolean): Promise<Driver> {
  const home = await mkdtemp(join(tmpdir(), 'lowrank-webkit-'));
  await mkdir(join(home, 'gtk-3.0'));
  await writeFile(join(home, 'gtk-3.0/gtk.css'), NARROW);
  const started: ChildProcess[] = [];
  const stop = async () => {
    for (const child of started.reverse())
      if (child.exitCode === null && child.signalCode === null) {
        child.kill();
        await once(child, 'exit');
      }
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const display = await startDisplay(started);
    const port = await freePort();
    started.push(
      spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
        stdio: 'ignore',
        env: {
          ...process.env,
          DISPLAY: display,
          XDG_CONFIG_HOME: home,
          XDG_DATA_HOME: home,
          XDG_CACHE_HOME: home,
          GTK_THEME: isDark ? 'Adwaita:dark' : 'Adwaita',
          // Without a desktop there is no accessibility bus.
          NO_AT_BRIDGE: '1',
        },
      }),
    );
    const root = `http://127.0.0.1:${port}`;
    await answering(`${root}/status`);
    const { sessionId } = (await request(root, 'POST', '/session', {
      capabilities: {
        alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } },
      },
    })) as { sessionId: string };
    const session = `${root}/session/${sessionId}`;
    return driver(session, async () => {
      await request(session, 'DELETE', '');
      await stop();
    });
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The page of a session address. */
function driver(session: string, close: () => Promise<void>): Driver {
  const post = (path: string, body: object = {}) => request(session, 'POST', path, body);
  const evaluate: Driver['evaluate'] = async (code, ...args) => {
    const [error, json] = (await post('/execute/async', {
      script: `const done = arguments[0];
        ${jsonCall(code, args)}.then(json => done([null, json]), error => done([String(error), null]))`,
      args: [],
    })) as [string | null, string];
    if (error !== null) throw new Error(error);
    return JSON.parse(json);
  };
  // The messages of a page are lost with it: collect them before the next page loads.
  const messages: Message[] = [];
  const collect = async () => {
    messages.push(...(await evaluate<[string], Message[]>(takeMessages, MESSAGES)));
  };
  const keys = (text: string) =>
    post('/actions', {
      actions: [
        {
          type: 'key',
          id: 'keyboard',
          actions: [...text].flatMap(value => [
            { type: 'keyDown', value },
            { type: 'keyUp', value },
          ]),
        },
      ],
    });
  return {
    engine: 'webkit',
    goto: async url => {
      await collect();
      await post('/url', { url });
    },
    evaluate,
    click: async selector => {
      const element = (await post('/element', { using: 'css selector', value: selector })) as Record<
        string,
        string
      >;
      await post(`/element/${element[ELEMENT]}/click`);
    },
    type: async text => void (await keys(text)),
    press: async key => void (await keys(KEYS[key])),
    resize: async (width, height) => {
      // The window has a bar whose height only the page can tell, and the page learns its size some time later.
      let outer = height + 20;
      for (const end = Date.now() + 10_000; Date.now() < end; ) {
        await post('/window/rect', { width, height: outer });
        let inner: number[] = [];
        for (let wait = 20; wait <= 640; wait *= 2) {
          inner = await evaluate(() => [innerWidth, innerHeight]);
          if (inner[0] === width && inner[1] === height) return;
          await sleep(wait);
        }
        if (inner[0] === width) outer += height - (inner[1] as number);
      }
      throw new Error(`WebKit did not take the size ${width} x ${height}`);
    },
    offline: async () => false,
    screenshot: async path => {
      const bytes = Buffer.from((await request(session, 'GET', '/screenshot')) as string, 'base64');
      if (path) await writeFile(path, bytes);
      return bytes;
    },
    messages: async () => {
      await collect();
      return [...messages];
    },
    close,
  };
}

/** In the page: returns what it has stored under `name` since the last call. */
const takeMessages = (name: string): Message[] =>
  (globalThis as unknown as Record<string, Message[] | undefined>)[name]?.splice(0) ?? [];

async function request(root: string, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(root + path, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  const { value } = (await response.json()) as { value: { error?: string; message?: string } };
  if (!response.ok) throw new Error(`WebDriver ${method} ${path}: ${value.error} ${value.message}`);
  return value;
}

/** An X server with a display of its own. */
async function startDisplay(started: ChildProcess[]): Promise<string> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1600x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  started.push(server);
  const [number] = await once(server.stdio[3]!, 'data');
  return `:${String(number).trim()}`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** Resolves once there is an answer, rejects after ten seconds without one. */
async function answering(url: string): Promise<void> {
  for (let tries = 0; ; tries++)
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (tries === 100) throw error;
      await sleep(100);
    }
}
