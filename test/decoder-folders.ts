/** Folders of src, and of dist, that a decoder is made of. */
export const DECODER_FOLDERS = [
  'core',
  'bits',
  'algebra',
  'tables',
  'colour',
  'matrices',
  'factors',
  'runs',
  'planes',
  'columns',
  'restore',
  'tiles',
  'format',
  'decode',
];
