// Loaded before a program: counts its file operations, and kills it at one of them. DIE_AT is the number of the moment, from 1 on: there is
// one before and one after each operation, and one halfway through each write. With COUNT_TO the number of moments is written to a file.
import { writeFileSync } from 'node:fs';
import fsp from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const { DIE_AT, COUNT_TO } = process.env;
let moments = 0;

const moment = () => {
  if (++moments === Number(DIE_AT)) process.kill(process.pid, 'SIGKILL');
};

/** The function with a moment before and after it, and one in the middle of its write. */
const watched = (operation, written) =>
  async function (...args) {
    moment();
    if (written !== undefined && args[written]?.length > 1) {
      if (moments + 1 === Number(DIE_AT)) {
        const half = args.slice();
        half[written] = args[written].slice(0, args[written].length >> 1);
        await operation.apply(this, half);
      }
      moment();
    }
    const result = await operation.apply(this, args);
    moment();
    return result;
  };

if (isMainThread) {
  const handle = await fsp.open('/dev/null');
  const prototype = Object.getPrototypeOf(handle);
  await handle.close();
  prototype.writeFile = watched(prototype.writeFile, 0);
  prototype.sync = watched(prototype.sync);
  for (const name of ['mkdir', 'rename', 'link', 'unlink', 'rm']) fsp[name] = watched(fsp[name]);
  for (const name of ['writeFile', 'appendFile']) fsp[name] = watched(fsp[name], 1);
  const { open } = fsp;
  const writing = watched(open);
  fsp.open = (path, flags, mode) => (flags && flags !== 'r' ? writing : open)(path, flags, mode);
  syncBuiltinESMExports();
  if (COUNT_TO) process.on('exit', () => writeFileSync(COUNT_TO, String(moments)));
}
