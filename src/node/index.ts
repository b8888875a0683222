/** Files, measurements and threads, for Node: `lowrank/node`. */
import '../kernels/install.js';

export * from '../io/index.js';
export { type MeasureOptions, measure } from '../report/measure.js';
export {
  type Basis,
  type Measurement,
  PEERS,
  type Peer,
  type Row,
  type TextbookRow,
  type Variant,
} from '../report/measurement.js';
export { type DecodeAsyncOptions, decodeAsync } from '../workers/decode-async.js';
export { encodeAsync } from '../workers/encode-async.js';
