// Run by `npm test` before everything else: on Debian as root, installs missing browsers, Redis and the independent readers of
// test/real-files; elsewhere says what to install. Their tests are skipped if they are missing, and fail if CI=true.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { missingTools, TOOLS } from '../real-files/tools.js';
import { ENGINES, findEngine, WHERE } from './engines.js';

/** Needed to test samples/queue. */
const REDIS = 'redis-server';

const missing = ENGINES.filter(engine => findEngine(engine) === undefined);
const packages = [
  ...missing.flatMap(engine => WHERE[engine].packages),
  ...missingTools().flatMap(tool => TOOLS[tool].packages),
];
if (!existsSync(`/usr/bin/${REDIS}`)) packages.push(REDIS);
if (packages.length > 0) {
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    console.log(`For tests: installing ${packages.join(', ')}.`);
    const run = (...args: string[]) =>
      spawnSync('apt-get', args, {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    run('update', '-q');
    run('install', '-qy', '--no-install-recommends', ...packages);
  }
  for (const engine of ENGINES.filter(name => findEngine(name) === undefined)) {
    const { packages: names, variable } = WHERE[engine];
    console.log(
      `Tests in ${engine} are left out: install ${names.join(' and ')} (names of Debian), or set ${variable}.`,
    );
  }
  for (const tool of missingTools())
    console.log(
      `Tests with ${tool} are left out: install ${TOOLS[tool].packages.join(' and ')} (names of Debian).`,
    );
}
