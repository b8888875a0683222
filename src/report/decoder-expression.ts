/** What stands in a bundled script where the decoder goes. */
export const DECODER_HERE = 'LOWRANK_DECODER';

/** A module that was minified, dist/lowrank-decode.js, as an expression: an object of what it exports. */
export function decoderExpression(module: string): string {
  const body = module.replace(
    /export\{(.*)\};?\s*$/,
    (_, names: string) => `return{${names.replace(/([\w$]+) as (\w+)/g, '$2:$1')}}`,
  );
  return `(()=>{${body}})()`;
}
