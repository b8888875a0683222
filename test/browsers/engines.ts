import { existsSync } from 'node:fs';

/** The engines that pages are tested in. */
export const ENGINES = ['chromium', 'firefox', 'webkit'] as const;
export type Engine = (typeof ENGINES)[number];

/** For each: its Debian packages, the environment variable for another executable, and where the packages put it. */
export const WHERE: Record<Engine, { packages: string[]; variable: string; paths: string[] }> = {
  chromium: {
    packages: ['chromium', 'fonts-dejavu-core'],
    variable: 'CHROMIUM_PATH',
    paths: ['/usr/bin/chromium', '/usr/bin/google-chrome'],
  },
  firefox: {
    packages: ['firefox-esr'],
    variable: 'FIREFOX_PATH',
    paths: ['/usr/bin/firefox-esr', '/usr/bin/firefox'],
  },
  webkit: {
    packages: ['webkit2gtk-driver', 'xvfb'],
    variable: 'WEBKIT_MINIBROWSER_PATH',
    paths: ['x86_64', 'aarch64'].flatMap(cpu =>
      ['4.1', '4.0'].map(version => `/usr/lib/${cpu}-linux-gnu/webkit2gtk-${version}/MiniBrowser`),
    ),
  },
};

/** What webkit needs besides its browser. */
const WEBKIT_TOOLS = ['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb'];

/** The executable of an engine's browser, or undefined if it is not completely installed. */
export function findEngine(engine: Engine): string | undefined {
  const { variable, paths } = WHERE[engine];
  if (engine === 'webkit' && !WEBKIT_TOOLS.every(path => existsSync(path))) return undefined;
  return [process.env[variable], ...paths].find(path => path !== undefined && existsSync(path));
}
