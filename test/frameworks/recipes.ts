import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { newPlace, type Place } from '../cli/harness.js';

const root = join(import.meta.dirname, '../..');

/** Files of the recipes of docs/frameworks.md by framework and path: a line with the path in code, then the file as a code block. */
export function recipes(): Record<string, Record<string, string>> {
  const text = readFileSync(join(root, 'docs/frameworks.md'), 'utf8');
  const found: Record<string, Record<string, string>> = {};
  for (const section of text.split(/^## /m).slice(1)) {
    const name = section.slice(0, section.indexOf('\n'));
    const files = [...section.matchAll(/^`([\w./]+)`\n\n```\w+\n(.*?)^```$/gms)];
    if (files.length) found[name] = Object.fromEntries(files.map(([, path, content]) => [path!, content!]));
  }
  return found;
}

/**
 * A project with these files, and with lowrank in node_modules as it is published, without its development dependencies, and with the named
 * packages.
 */
export async function newProject(files: Record<string, string>, packages: string[]): Promise<Place> {
  const place = await newPlace();
  const link = (from: string, to: string): void => {
    mkdirSync(dirname(place.at('node_modules', to)), { recursive: true });
    symlinkSync(join(root, from), place.at('node_modules', to));
  };
  for (const part of ['package.json', 'dist', 'types']) link(part, `lowrank/${part}`);
  for (const name of packages) link(`node_modules/${name}`, name);
  await place.put('package.json', '{ "type": "module" }');
  for (const [path, content] of Object.entries(files)) await place.put(path, content);
  return place;
}
