/** Folders of src, and of dist, that belong to the decoder. */
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
