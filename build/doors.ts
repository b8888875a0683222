import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Entry points for pages and bundlers that only re-export from modules, and entry points that these re-export from. */
export const DOORS: readonly string[] = [
  'index.js',
  'decode/index.js',
  'sequence/index.js',
  'serve/index.js',
];

/** The file of dist/run with what a module of dist exports: metrics/mse.js is metrics-mse.js there. */
export const inRun = (module: string): string => module.replaceAll('/', '-');

/** The text of an entry point in which `change` replaces the paths of the modules that it re-exports. All paths start from `dist`. */
export function atDoor(dist: string, door: string, change: (module: string) => string): string {
  const folder = posix.dirname(door);
  return readFileSync(join(dist, door), 'utf8').replace(/ from '(\.[^']+)'/g, (text, path: string) => {
    const module = posix.join(folder, path);
    if (DOORS.includes(module)) return text;
    const to = posix.relative(folder, change(module));
    return ` from '${to.startsWith('.') ? to : `./${to}`}'`;
  });
}

/** The modules that the entry points re-export. */
export function behindDoors(dist: string): string[] {
  const found = new Set<string>();
  for (const door of DOORS)
    atDoor(dist, door, module => {
      found.add(module);
      return module;
    });
  return [...found];
}
