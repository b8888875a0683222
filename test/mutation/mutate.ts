import ts from 'typescript';
import { eachTurn, rewrite } from '../code/rewrite.js';

const { factory, SyntaxKind: Kind } = ts;

/** Names in the code: the number of the active mutant, and a function that loops call, so that none is endless. */
export const MUTANT = '__mutant';
export const TICK = '__tick';

/** A place where the code can be changed. */
export interface Mutant {
  file: string;
  line: number;
  /** The original text, and its replacement. */
  from: string;
  to: string;
}

/** Operators, and the replacements of each. */
const OTHERS = new Map<ts.SyntaxKind, ts.BinaryOperator>([
  [Kind.PlusToken, Kind.MinusToken],
  [Kind.MinusToken, Kind.PlusToken],
  [Kind.AsteriskToken, Kind.SlashToken],
  [Kind.SlashToken, Kind.AsteriskToken],
  [Kind.LessThanToken, Kind.LessThanEqualsToken],
  [Kind.LessThanEqualsToken, Kind.LessThanToken],
  [Kind.GreaterThanToken, Kind.GreaterThanEqualsToken],
  [Kind.GreaterThanEqualsToken, Kind.GreaterThanToken],
  [Kind.EqualsEqualsEqualsToken, Kind.ExclamationEqualsEqualsToken],
  [Kind.ExclamationEqualsEqualsToken, Kind.EqualsEqualsEqualsToken],
  [Kind.AmpersandAmpersandToken, Kind.BarBarToken],
  [Kind.BarBarToken, Kind.AmpersandAmpersandToken],
  [Kind.LessThanLessThanToken, Kind.GreaterThanGreaterThanToken],
  [Kind.GreaterThanGreaterThanToken, Kind.LessThanLessThanToken],
  [Kind.AmpersandToken, Kind.BarToken],
  [Kind.BarToken, Kind.AmpersandToken],
  [Kind.PlusEqualsToken, Kind.MinusEqualsToken],
  [Kind.MinusEqualsToken, Kind.PlusEqualsToken],
]);

/**
 * JavaScript of a module with all of its mutants; the one whose number is MUTANT is active. `add` gives a mutant its number. Code that runs
 * while a module is loaded has none.
 */
export function mutate(source: string, file: string, add: (mutant: Mutant) => number): string {
  const transform: ts.TransformerFactory<ts.SourceFile> = context => root => {
    const isOn = (node: ts.Node, from: string, to: string): ts.Expression =>
      factory.createStrictEquality(
        factory.createIdentifier(MUTANT),
        factory.createNumericLiteral(
          add({ file, line: root.getLineAndCharacterOfPosition(node.getStart(root)).line + 1, from, to }),
        ),
      );
    const choice = (on: ts.Expression, mutated: ts.Expression, original: ts.Expression): ts.Expression =>
      factory.createParenthesizedExpression(
        factory.createConditionalExpression(on, undefined, mutated, undefined, original),
      );
    const condition = (node: ts.Expression, of: ts.Expression): ts.Expression =>
      choice(
        isOn(node, node.getText(root), 'the contrary'),
        factory.createLogicalNot(factory.createParenthesizedExpression(of)),
        of,
      );
    const tick = (): ts.Expression =>
      factory.createCallExpression(factory.createIdentifier(TICK), undefined, []);

    const visitor =
      (inside: boolean) =>
      (node: ts.Node): ts.Node => {
        if (ts.isTypeNode(node)) return node;
        const of = ts.visitEachChild(node, visitor(inside || ts.isFunctionLike(node)), context);
        const loop = eachTurn(of, tick);
        if (loop) return loop;
        if (!inside) return of;
        if (ts.isIfStatement(of) && ts.isIfStatement(node))
          return factory.updateIfStatement(
            of,
            condition(node.expression, of.expression),
            of.thenStatement,
            of.elseStatement,
          );
        if (ts.isConditionalExpression(of) && ts.isConditionalExpression(node))
          return factory.updateConditionalExpression(
            of,
            condition(node.condition, of.condition),
            of.questionToken,
            of.whenTrue,
            of.colonToken,
            of.whenFalse,
          );
        if (ts.isBinaryExpression(of)) {
          const other = OTHERS.get(of.operatorToken.kind);
          const { left, right } = of;
          if (
            other === undefined ||
            [left, right].some(side => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side))
          )
            return of;
          const on = isOn(node, node.getText(root), ts.tokenToString(other)!);
          return choice(on, factory.createBinaryExpression(left, other, right), of);
        }
        if (ts.isNumericLiteral(of) && isValue(node)) {
          const more = `${Number(of.text) + 1}`;
          return choice(isOn(node, of.text, more), factory.createNumericLiteral(more), of);
        }
        if (
          ts.isExpressionStatement(of) &&
          ts.isCallExpression(of.expression) &&
          of.expression.expression.kind !== Kind.SuperKeyword
        )
          // In a block of its own, so that a following `else` does not become its own.
          return factory.createBlock([
            factory.createIfStatement(
              factory.createLogicalNot(isOn(node, node.getText(root), 'nothing')),
              of,
            ),
          ]);
        return of;
      };
    return ts.visitNode(root, visitor(false), ts.isSourceFile);
  };
  return rewrite(source, file, transform);
}

/** Is a number used in a calculation, and not the name of a property? */
const isValue = ({ parent }: ts.Node): boolean =>
  !ts.isPropertyAssignment(parent) || ts.isNumericLiteral(parent.initializer);
