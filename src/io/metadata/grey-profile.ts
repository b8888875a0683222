import { SRGB } from './colour.js';
import { makeProfile } from './make-profile.js';

const HEADER = 128;
const [XYZ, KTRC] = [0x58595a20, 0x6b545243]; // 'XYZ ', 'kTRC'

/**
 * An RGB profile under which three equal samples look like one sample under this grey profile: its curve three times. Undefined if it has
 * no curve, or one of lightness instead of light (connection space Lab). ICC.1:2022, 8.3.4.
 */
export function colourProfileOf(grey: Uint8Array): Uint8Array | undefined {
  const view = new DataView(grey.buffer, grey.byteOffset, grey.byteLength);
  if (view.getUint32(20) !== XYZ) return undefined;
  for (let i = view.getUint32(HEADER), at = HEADER + 4; i > 0 && at + 12 <= grey.length; i--, at += 12) {
    if (view.getUint32(at) !== KTRC) continue;
    const [from, length] = [view.getUint32(at + 4), view.getUint32(at + 8)];
    const curve = grey.subarray(from, from + length);
    if (curve.length === length) return makeProfile({ name: 'grey as RGB', chromaticities: SRGB, curve });
  }
  return undefined;
}
