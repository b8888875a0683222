import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { join, resolve } from 'node:path';
import { systemCode } from '../errors.js';

/** Where it was made, by which process, and anything. */
const NAME = /^\.lowrank-([0-9a-f]{8})-(\d+)-[0-9a-f]{12}\.tmp$/;
const DAY = 86_400_000;
/** Of clocks, milliseconds. */
const SLACK = 1000;

/** Of this machine, and of the room in it that its process numbers are counted in: containers have their own. */
const here = ((): string => {
  let room = '';
  try {
    room = readlinkSync('/proc/self/ns/pid');
  } catch {
    // not Linux: one room
  }
  return createHash('sha256').update(`${hostname()} ${room}`).digest('hex').slice(0, 8);
})();

/** Is this the name of a file or folder that is there while an output is written? */
export const isTemporary = (name: string): boolean => NAME.test(name);

/** A new path for one, in `folder`: hidden, and named by this machine and process, so that others can tell whether it is still needed. */
export const temporaryIn = (folder: string): string =>
  join(folder, `.lowrank-${here}-${process.pid}-${randomBytes(6).toString('hex')}.tmp`);

/** Folders that this process has looked through. */
const seen = new Set<string>();

/**
 * Takes away what processes that were killed have left in `folder`: temporary files of processes of this machine that are gone, and of other machines where they are older than a day. Each process looks
 * once into each folder. Never throws: what cannot be taken away stays, and harms nobody.
 */
export async function clearLeftovers(folder: string): Promise<void> {
  const path = resolve(folder);
  if (seen.has(path)) return;
  seen.add(path);
  const names = await readdir(path).catch(() => []);
  for (const name of names.filter(isTemporary))
    if (await isLeft(join(path, name)))
      await rm(join(path, name), { recursive: true, force: true }).catch(() => {});
}

async function isLeft(path: string): Promise<boolean> {
  const [, place, pid] = NAME.exec(path.slice(path.lastIndexOf('.lowrank-')))!;
  const changed = (await stat(path).catch(() => undefined))?.mtimeMs ?? Number.POSITIVE_INFINITY;
  if (place !== here) return changed < Date.now() - DAY;
  // Of this number, and older than this process: of one that had the number before.
  return Number(pid) === process.pid ? changed < performance.timeOrigin : !isMaker(Number(pid), changed);
}

/** Is there a process of this number that may have made what was last changed then? Numbers are given again: to processes, and on Linux to threads. */
function isMaker(pid: number, changed: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return false;
  }
  return !(startOf(pid) > changed + SLACK);
}

/** When a process or thread began, milliseconds as Date.now() has them; NaN where the system does not say. */
function startOf(pid: number): number {
  try {
    // proc(5): field 22, hundredths of a second since the machine began; the second is a name in parentheses
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)!.split(' ');
    return Date.now() - 1000 * uptime() + 10 * Number(fields[19]);
  } catch {
    return Number.NaN;
  }
}
