import ts from 'typescript';

const { factory } = ts;

/** JavaScript of one of our modules after a transformation of its syntax tree. */
export function rewrite(
  source: string,
  fileName: string,
  transformer: ts.TransformerFactory<ts.SourceFile>,
): string {
  return ts.transpileModule(source, {
    fileName,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      useDefineForClassFields: false,
      verbatimModuleSyntax: true,
    },
    transformers: { before: [transformer] },
  }).outputText;
}

/** A block of an expression and a statement. */
export const after = (first: ts.Expression, of: ts.Statement): ts.Block =>
  factory.createBlock([factory.createExpressionStatement(first), ...(ts.isBlock(of) ? of.statements : [of])]);

/** A loop in which each iteration begins with an expression; undefined for anything but a loop. */
export function eachTurn(of: ts.Node, first: () => ts.Expression): ts.Node | undefined {
  if (ts.isForStatement(of))
    return factory.updateForStatement(
      of,
      of.initializer,
      of.condition,
      of.incrementor,
      after(first(), of.statement),
    );
  if (ts.isForOfStatement(of))
    return factory.updateForOfStatement(
      of,
      of.awaitModifier,
      of.initializer,
      of.expression,
      after(first(), of.statement),
    );
  if (ts.isWhileStatement(of))
    return factory.updateWhileStatement(of, of.expression, after(first(), of.statement));
  if (ts.isDoStatement(of)) return factory.updateDoStatement(of, after(first(), of.statement), of.expression);
  return undefined;
}
