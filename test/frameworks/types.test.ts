import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { newProject, recipes } from './recipes.js';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: false,
  // The declarations of TypeScript itself are not checked.
  skipDefaultLibCheck: true,
  preserveSymlinks: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
};
const MODULES = {
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};

/** TypeScript's own declarations, read once for all programs. */
const LIBS = new Map<string, ts.SourceFile | undefined>();
const LIB_FOLDER = dirname(ts.getDefaultLibFilePath(OPTIONS));

/** TypeScript's errors for these files, which import lowrank as it is published: one line each. */
async function complaints(
  files: Record<string, string>,
  packages: string[],
  options: ts.CompilerOptions,
): Promise<string[]> {
  const place = await newProject(files, packages);
  const names = Object.keys(files)
    .filter(path => /\.tsx?$/.test(path))
    .map(path => place.at(path));
  const all = { ...OPTIONS, typeRoots: [place.at('node_modules/@types')], types: [], ...options };
  const host = ts.createCompilerHost(all);
  host.getCurrentDirectory = () => place.root;
  const { getSourceFile } = host;
  host.getSourceFile = (path, ...others) => {
    if (dirname(path) !== LIB_FOLDER) return getSourceFile(path, ...others);
    if (!LIBS.has(path)) LIBS.set(path, getSourceFile(path, ...others));
    return LIBS.get(path);
  };
  return ts
    .getPreEmitDiagnostics(ts.createProgram(names, all, host))
    .map(
      ({ file, messageText }) =>
        `${file?.fileName.slice(place.root.length + 1)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
}

/** Code blocks of a document in a language. */
const blocks = (file: string, language: string): string[] =>
  [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'),
    ),
  ].map(([, text]) => text!);

describe.each(
  Object.entries(MODULES),
)('TypeScript with %s modules, strict and without skipLibCheck,', (_, module) => {
  it('accepts what pages import, and decoded pictures as ImageData, without any bundler or framework installed', async () => {
    const doors = ['', '/decode', '/sequence', '/element', '/define', '/service-worker', '/html'];
    const imports = doors.map((door, i) => `export * as a${i} from 'lowrank${door}';`);
    const [html] = blocks('docs/library.md', 'html');
    const [, script] = /<script type="module">\n(.*?)<\/script>/s.exec(html!)!;
    const files = {
      'all.ts': `/// <reference types="lowrank/client" />\n${imports.join('\n')}`,
      'canvas.ts': script!
        .replace("querySelector('canvas')", "querySelector('canvas')!")
        .replace("'2d')", "'2d')!"),
      'layers.ts': `import { createDecoder } from 'lowrank/decode';
        const { data, width, height } = createDecoder({ bitDepth: 8 }).picture();
        export const image = new ImageData(data, width, height);`,
    };
    expect(await complaints(files, [], module)).toEqual([]);
  });

  it('accepts what Node imports, with the plugin of one bundler', async () => {
    const files = {
      'all.ts': "export * from 'lowrank/node';",
      'vite.config.ts': `import lowrank from 'lowrank/vite';
        import { defineConfig } from 'vite';
        export default defineConfig({ plugins: [lowrank({ psnr: 38, fallback: true })] });`,
    };
    const packages = ['@types/node', 'undici-types', 'sharp', '@img/colour', 'vite'];
    const found = await complaints(files, packages, { ...module, types: ['node'] });
    // Vite's own declarations name optional packages.
    expect(found.filter(line => !/^node_modules\/vite\//.test(line))).toEqual([]);
  });
});

describe('The types of <lowrank-img>', () => {
  it('include its events, as documented, beside those of every element', async () => {
    const [events] = blocks('docs/web.md', 'ts');
    const files = {
      'events.ts': events!,
      'more.ts': `const picture = document.querySelector('lowrank-img')!;
        import 'lowrank/define';
        picture.addEventListener('frame', ({ detail }) => detail.time.toFixed(2));
        picture.addEventListener('click', event => event.clientX);
        picture.addEventListener('mine', event => event.type);
        picture.removeEventListener('load', () => {});
        export const wrong: string = picture.rank;`,
    };
    expect(await complaints(files, [], MODULES.bundler)).toEqual([
      "more.ts: Type 'number' is not assignable to type 'string'.",
    ]);
  });

  it('work in JSX in React, which rejects a wrong attribute or event', async () => {
    const { 'src/Photo.tsx': photo } = recipes().React!;
    const files = {
      'src/Photo.tsx': photo!,
      'src/Wrong.tsx': `import 'lowrank/react';
        export const a = <lowrank-img src={3} />;
        export const b = <lowrank-img onProgress={() => {}} />;
        export const c = <lowrank-img onprogress={({ detail }) => detail.missing} />;`,
      'client.d.ts': '/// <reference types="lowrank/client" />',
    };
    const packages = ['react', '@types/react', 'csstype'];
    const found = await complaints(files, packages, { ...MODULES.bundler, jsx: ts.JsxEmit.ReactJSX });
    expect(found).toEqual([
      expect.stringMatching(/^src\/Wrong\.tsx: Type 'number' is not assignable to type 'string/),
      expect.stringMatching(/^src\/Wrong\.tsx: .*'onProgress' does not exist/),
      expect.stringMatching(/^src\/Wrong\.tsx: Property 'missing' does not exist on type 'Progress'/),
    ]);
  });

  const config = JSON.stringify({
    compilerOptions: {
      ...{ strict: true, noEmit: true, skipLibCheck: true, target: 'es2022', module: 'esnext' },
      ...{
        moduleResolution: 'bundler',
        lib: ['es2022', 'dom'],
        types: ['lowrank/client'],
        verbatimModuleSyntax: true,
      },
    },
    include: ['src'],
  });
  /** Runs a type checker of the development dependencies; returns its exit code and output. */
  const check = async (name: string, script: string, folder: string, ...args: string[]) =>
    run(process.execPath, [join(root, 'node_modules', name, script), ...args], { cwd: folder }).then(
      ({ stdout }) => ({ code: 0, stdout }),
      ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
    );

  it.each([
    ['Vue', 'vue', 'vue-tsc', 'bin/vue-tsc.js', ['--noEmit'], '$event.detail.rank', '"3"'],
    ['Svelte', 'svelte', 'svelte-check', 'bin/svelte-check', ['--output', 'machine'], 'detail.rank', '{3}'],
  ])('work in templates in %s', async (name, ending, checker, script, args, rank, three) => {
    const path = `src/Photo.${ending}`;
    const right = recipes()[name]![path]!;
    const packages = ['vue', '@vue', 'svelte', 'vite', 'typescript'];
    const wrong = right
      .replace(rank, rank.replace('rank', 'missing'))
      .replace(/src=(\{hero.src\}|"hero.src")/, `src=${three}`);
    const files = { 'tsconfig.json': config, [path]: right, [path.replace('Photo', 'Wrong')]: wrong };
    const place = await newProject(files, packages);
    const { code, stdout } = await check(checker, script, place.root, ...args);
    expect(code).not.toBe(0);
    expect(stdout).toMatch(/'missing' does not exist/);
    expect(stdout).toMatch(/'?number'? is not assignable to type '?string/);
    const faults = stdout.split('\n').filter(line => line.includes('src/'));
    expect(faults.length).toBeGreaterThanOrEqual(2);
    expect(faults.filter(line => !line.includes('src/Wrong.'))).toEqual([]);
  });
});
