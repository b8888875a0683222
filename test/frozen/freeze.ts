import { join } from 'node:path';
import { VERSION } from '../../src/format/signature.js';
import { freezeTo } from './freeze-to.js';

// Freezes the files of this version of the format: npm run freeze, once a version.
freezeTo(join(import.meta.dirname, `${VERSION.major}.${VERSION.minor}`));
