/** The tag of these bytes: half of their SHA-256. */
export async function entityTag(bytes: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return `"${Array.from(new Uint8Array(hash, 0, 16), byte => byte.toString(16).padStart(2, '0')).join('')}"`;
}

/** Is the tag among those of an If-Match? Weak ones do not count: RFC 9110, 13.1.1. */
export const isAmong = (tags: string, tag: string): boolean =>
  tags.split(',').some(candidate => ['*', tag].includes(candidate.trim()));

/** Is the tag among those of an If-None-Match? */
export const isKnown = (known: string | null, tag: string): boolean =>
  isAmong(known ?? '', tag) || isAmong(known ?? '', `W/${tag}`);
