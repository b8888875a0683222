const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Characters that XML cannot hold: controls except tabs and line ends, unpaired surrogates, and two noncharacters. */
const NOT_XML = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu;

/** Text for HTML and XML, between tags and in quoted attributes; characters that XML cannot hold become U+FFFD. */
export const escapeText = (text: string): string =>
  text.replace(NOT_XML, '\ufffd').replace(/[&<>"']/g, each => ENTITIES[each]!);
