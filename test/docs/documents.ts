import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const ROOT: string = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** README.md and the documents of docs, by path from the root. */
export const DOCUMENTS: Readonly<Record<string, string>> = Object.fromEntries(
  ['README.md', ...readdirSync(join(ROOT, 'docs')).map(name => `docs/${name}`)]
    .filter(path => path.endsWith('.md'))
    .map(path => [path, readFileSync(join(ROOT, path), 'utf8')]),
);

/** The code blocks of a text in a language. */
export const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block]) => block!);

const { exports: entries } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  exports: Record<string, string | { default?: string }>;
};

/** The address of the built file behind 'lowrank/...'. Throws if it does not exist. */
export function builtFile(name: string): string {
  const entry = entries[name.replace(/^lowrank/, '.').replace(/\?.*$/, '')];
  const file = typeof entry === 'string' ? entry : entry?.default;
  if (!file) throw new Error(`${name} is not exported`);
  return pathToFileURL(join(ROOT, file)).href;
}
