import { writeFile } from 'node:fs/promises';
import { type Browser, type ConsoleMessageType, launch } from 'puppeteer-core';
import { type Driver, jsonCall, type Message } from './driver.js';

/** The flags of a Chromium that runs as root in a container, without background activity. */
const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-extensions',
  '--no-first-run',
];
/** Settings of a Firefox without background activity. */
const FIREFOX_PREFERENCES = {
  'app.update.enabled': false,
  'browser.safebrowsing.update.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
};
const TYPES: Partial<Record<ConsoleMessageType, Message['type']>> = {
  info: 'info',
  debug: 'debug',
  warn: 'warn',
  error: 'error',
  assert: 'error',
};

/** Chromium over the devtools protocol, Firefox over WebDriver BiDi. */
export async function openPuppeteer(
  engine: 'chromium' | 'firefox',
  executablePath: string,
  isDark: boolean,
): Promise<Driver> {
  const browser: Browser = await launch({
    browser: engine === 'chromium' ? 'chrome' : 'firefox',
    executablePath,
    args: engine === 'chromium' ? CHROMIUM_FLAGS : [],
    extraPrefsFirefox: {
      ...FIREFOX_PREFERENCES,
      'layout.css.prefers-color-scheme.content-override': isDark ? 0 : 1,
    },
    defaultViewport: { width: 1024, height: 768 },
  });
  const page = (await browser.pages())[0] ?? (await browser.newPage());
  if (engine === 'chromium')
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: isDark ? 'dark' : 'light' }]);
  const messages: Message[] = [];
  page.on('console', message =>
    messages.push({ type: TYPES[message.type()] ?? 'log', text: message.text() }),
  );
  page.on('pageerror', error =>
    messages.push({ type: 'uncaught', text: String((error as Error)?.message ?? error) }),
  );
  return {
    engine,
    puppeteer: page,
    goto: async url => void (await page.goto(url)),
    evaluate: async (code, ...args) => JSON.parse((await page.evaluate(jsonCall(code, args))) as string),
    click: selector => page.click(selector),
    type: text => page.keyboard.type(text),
    press: key => page.keyboard.press(key),
    resize: (width, height) => page.setViewport({ width, height }),
    offline: async isOffline => {
      await page.setOfflineMode(isOffline);
      return true;
    },
    screenshot: async path => {
      const bytes = Buffer.from(await page.screenshot());
      if (path) await writeFile(path, bytes);
      return bytes;
    },
    messages: async () => [...messages],
    close: () => browser.close(),
  };
}
