/** Placeholder for the decoder in a bundled script. */
export const DECODER_HERE = 'LOWRANK_DECODER';

/** A minified module, dist/lowrank-decode.js, as an expression: an object with its exports. */
export function decoderExpression(module: string): string {
  const body = module.replace(
    /export\{(.*)\};?\s*$/,
    (_, names: string) => `return{${names.replace(/([\w$]+) as (\w+)/g, '$2:$1')}}`,
  );
  return `(()=>{${body}})()`;
}
