import { type Extension, METADATA } from './extension.js';
import type { Metadata } from './metadata.js';

/** The metadata among extensions, if complete. */
export function metadataOf(extensions: readonly Extension[]): Metadata {
  const metadata: Metadata = {};
  for (const { type, length, bytes } of extensions) {
    const field = METADATA[type];
    if (field && bytes.length === length) metadata[field] = bytes;
  }
  return metadata;
}
