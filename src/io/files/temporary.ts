import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { join, resolve } from 'node:path';
import { systemCode } from '../errors.js';

/** The name tells where and by which process it was made, and has a random part. */
const NAME = /^\.lowrank-([0-9a-f]{8})-(\d+)-[0-9a-f]{12}\.tmp$/;
const DAY = 86_400_000;
/** Tolerance between clocks, milliseconds. */
const SLACK = 1000;

/** This machine and process namespace: containers count process numbers on their own. */
const here = ((): string => {
  let room = '';
  try {
    room = readlinkSync('/proc/self/ns/pid');
  } catch {
    // not Linux: one room
  }
  return createHash('sha256').update(`${hostname()} ${room}`).digest('hex').slice(0, 8);
})();

/** Is this the name of a temporary file or folder, which exists while an output is written? */
export const isTemporary = (name: string): boolean => NAME.test(name);

/**
 * A new temporary path in `folder`: hidden, and named after this machine and process, so that others can tell whether it is still in use.
 */
export const temporaryIn = (folder: string): string =>
  join(folder, `.lowrank-${here}-${process.pid}-${randomBytes(6).toString('hex')}.tmp`);

/** Folders that this process has already cleaned. */
const seen = new Set<string>();

/**
 * Removes temporary files in `folder` that killed processes have left: those of this machine if their process is gone, those of other
 * machines if they are older than a day. Each process cleans each folder once. Never throws: what cannot be removed stays and does no harm.
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
  // Our own number, but older than this process: an earlier process had the number.
  return Number(pid) === process.pid ? changed < performance.timeOrigin : !isMaker(Number(pid), changed);
}

/**
 * Is there a process with this number that may have made what was last changed then? Numbers are reused, by processes and, on Linux, by
 * threads.
 */
function isMaker(pid: number, changed: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return false;
  }
  return !(startOf(pid) > changed + SLACK);
}

/** When a process or thread began, in milliseconds as Date.now(); NaN if the system does not tell. */
function startOf(pid: number): number {
  try {
    // proc(5): field 22, hundredths of a second since the machine began; the second is a name in parentheses
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)!.split(' ');
    return Date.now() - 1000 * uptime() + 10 * Number(fields[19]);
  } catch {
    return Number.NaN;
  }
}
