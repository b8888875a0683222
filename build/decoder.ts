import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decoderProgram } from './decoder-program.js';
import { recallNames } from './names.js';
import { giveNames, putTogether } from './program.js';

// Bundles and minifies dist/decode/index.js into dist/lowrank-decode.js, the module of `lowrank/decode`: part of npm run build.

const dist = join(import.meta.dirname, '../dist');
const program = await decoderProgram(dist);
recallNames(program);
giveNames(program);
writeFileSync(join(dist, 'lowrank-decode.js'), putTogether(program));
