import ts from 'typescript';
import { after, eachTurn, rewrite } from '../../code/rewrite.js';

/** The name of the array of counters, in the instrumented code. */
export const COUNTERS = '__counters';

const { factory } = ts;

/**
 * JavaScript of one of our modules that counts how often each of its functions, branches, loops, cases and halves of conditions is entered.
 * `next` returns the number of a new counter.
 */
export function instrument(source: string, fileName: string, next: () => number): string {
  const count = (): ts.Expression =>
    factory.createPostfixIncrement(
      factory.createElementAccessExpression(factory.createIdentifier(COUNTERS), next()),
    );
  const counted = (of: ts.Expression): ts.Expression =>
    factory.createParenthesizedExpression(factory.createComma(count(), of));
  const block = (of: ts.Statement): ts.Block => after(count(), of);

  const transform: ts.TransformerFactory<ts.SourceFile> = context => {
    const visit = (node: ts.Node): ts.Node => {
      const of = ts.visitEachChild(node, visit, context);
      if (ts.isIfStatement(of))
        return factory.updateIfStatement(
          of,
          of.expression,
          block(of.thenStatement),
          of.elseStatement ? block(of.elseStatement) : block(factory.createBlock([])),
        );
      const loop = eachTurn(of, count);
      if (loop) return loop;
      if (ts.isCaseClause(of))
        return factory.updateCaseClause(of, of.expression, [
          factory.createExpressionStatement(count()),
          ...of.statements,
        ]);
      if (ts.isConditionalExpression(of))
        return factory.updateConditionalExpression(
          of,
          of.condition,
          of.questionToken,
          counted(of.whenTrue),
          of.colonToken,
          counted(of.whenFalse),
        );
      if (ts.isBinaryExpression(of) && isLogical(of.operatorToken.kind))
        return factory.updateBinaryExpression(of, of.left, of.operatorToken, counted(of.right));
      if (ts.isArrowFunction(of))
        return factory.updateArrowFunction(
          of,
          of.modifiers,
          of.typeParameters,
          of.parameters,
          of.type,
          of.equalsGreaterThanToken,
          ts.isBlock(of.body) ? block(of.body) : counted(of.body),
        );
      if (ts.isFunctionDeclaration(of) && of.body)
        return factory.updateFunctionDeclaration(
          of,
          of.modifiers,
          of.asteriskToken,
          of.name,
          of.typeParameters,
          of.parameters,
          of.type,
          block(of.body),
        );
      return of;
    };
    return file => ts.visitNode(file, visit, ts.isSourceFile);
  };
  return rewrite(source, fileName, transform);
}

const isLogical = (kind: ts.SyntaxKind): boolean =>
  [
    ts.SyntaxKind.AmpersandAmpersandToken,
    ts.SyntaxKind.BarBarToken,
    ts.SyntaxKind.QuestionQuestionToken,
  ].includes(kind);
