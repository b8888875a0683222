import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { loadRgb } from '../rd/pictures.js';
import { type Took, took } from './clock.js';
import { contestants } from './contestants.js';

/** The work of a fresh process: one encode, one decode, and both again. */
export interface Fresh {
  encode: [first: Took, second: Took];
  decode: [first: Took, second: Took];
}

/**
 * One codec on one picture file at a quality, in a process of its own: `script`, which calls `beFresh` if its first argument is --fresh.
 */
export async function inFreshProcess(
  script: string,
  codec: string,
  file: string,
  quality: number,
): Promise<Fresh> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    script,
    '--fresh',
    codec,
    file,
    String(quality),
  ]);
  return JSON.parse(stdout) as Fresh;
}

/** The other side: prints the times as JSON. */
export async function beFresh(name: string, file: string, quality: number): Promise<void> {
  const picture = await loadRgb(file);
  const codec = (await contestants([1, 9])).find(other => other.name === name)!;
  let bytes = new Uint8Array();
  const encode = async (): Promise<void> => {
    bytes = Uint8Array.from(await codec.encode(picture, quality));
  };
  const decode = (): unknown => codec.decode(bytes);
  const fresh: Fresh = {
    encode: [await took(encode), await took(encode)],
    decode: [await took(decode), await took(decode)],
  };
  console.log(JSON.stringify(fresh));
}
