import { writeFileSync } from 'node:fs';
import { describeSequence, encodeGolden, GOLDEN_FILE, GOLDEN_TABLE } from './golden.js';

// Encodes the golden sequence again and writes its table: npm run golden.
const bytes = await encodeGolden();
writeFileSync(GOLDEN_FILE, bytes);
writeFileSync(GOLDEN_TABLE, `${JSON.stringify(describeSequence(bytes), undefined, 2)}\n`);
