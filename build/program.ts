import ts from 'typescript';
import type { Numbered } from './minified.js';

/** Letters of names, in the order of use: the most frequent letters of keywords first. */
export const LETTERS = 'etnrlaiohsfucmgdpywbvxkETAMCPNDRLSIFOUHBVW_$jzqGKQXYZJ';
/** Names of one letter, then of two, without reserved words; from place 1 on. */
export const NAMES = ['', ...LETTERS, ...[...LETTERS].flatMap(a => [...LETTERS].map(b => a + b))].filter(
  name => !['as', 'at', 'do', 'if', 'in', 'is', 'of'].includes(name),
);

/** Something with a name: a property, a variable of the module, or a word shared by many locals. */
export interface Name {
  /** Its name in the source. */
  readonly word: string;
  /** Place in NAMES of its new name; 0 if that is not yet chosen, and for words that give no name. */
  place: number;
}

/** A variable of a function, a loop or a block. */
export interface Local extends Name {
  /** Variables that need another name: one is used in the scope of the other. */
  readonly rivals: Name[];
  /**
   * Names that it prefers: those of properties that it is read from or written to, and that of its word. `{x:x}` becomes `{x}`, and similar
   * code repeats.
   */
  readonly wishes: Name[];
}

/** A program: pieces of text, and names that can be changed. A pair is a property and its variable. */
export interface Program {
  readonly pieces: (string | Name | [Name, Name])[];
  readonly properties: Name[];
  readonly globals: Name[];
  readonly words: Name[];
  /** In order of occurrence. */
  readonly locals: Local[];
}

/** A word that this many locals share becomes a Name. */
const FREQUENT = 4;

/** A scope of variables: the module, a function, a loop, a block. */
class Scope {
  /** Variables that occur in it or in inner scopes. */
  readonly used = new Set<Local>();
  /** This scope and the outer ones, from the inside out. */
  readonly outwards: Scope[];
  constructor(
    outer?: Scope,
    readonly isFunction = true,
  ) {
    this.outwards = [this, ...(outer?.outwards ?? [])];
  }
}

const opensScope = (node: ts.Node): boolean =>
  ts.isFunctionLike(node) ||
  ts.isIterationStatement(node, false) ||
  ts.isCatchClause(node) ||
  ts.isCaseBlock(node) ||
  (ts.isBlock(node) && !ts.isFunctionLike(node.parent) && !ts.isCatchClause(node.parent));

/** The scope of a part of a node, which opens the scope `inner` or none: the names of functions and of `var` belong to an outer one. */
function scopeOf(part: ts.Node, node: ts.Node, inner: Scope): Scope {
  if (ts.isFunctionDeclaration(node) && part === node.name) return inner.outwards[1]!;
  const isVar = ts.isVariableDeclaration(node) && !(node.parent.flags & ts.NodeFlags.BlockScoped);
  return isVar && part === node.name ? inner.outwards.find(scope => scope.isFunction)! : inner;
}

/** Is an identifier the name of a property? */
const isProperty = ({ parent }: ts.Node, node: ts.Node): boolean =>
  ts.isBindingElement(parent)
    ? parent.propertyName === node
    : (ts.isPropertyAccessExpression(parent) ||
        ts.isObjectLiteralElement(parent) ||
        ts.isClassElement(parent)) &&
      parent.name === node;

/** The parts of `property: variable`, in a literal or a pattern. */
function pairOf(node: ts.Node): [ts.Identifier, ts.Identifier] | undefined {
  const [key, value] = ts.isPropertyAssignment(node)
    ? [node.name, node.initializer]
    : ts.isBindingElement(node)
      ? [node.propertyName, node.name]
      : [];
  return key && ts.isIdentifier(key) && value && ts.isIdentifier(value) ? [key, value] : undefined;
}

/** Takes apart a program that exports its variables at its end. Properties in `kept`, and globals of the language, keep their names. */
export function takeApart({ code, words }: Numbered, kept: ReadonlySet<string>): Program {
  const pieces: Program['pieces'] = [];
  const properties = new Map<string, Name>();
  const variables = new Map<string, Local>();
  /** By variable, the innermost scope around all its uses: where it is declared. */
  const homes = new Map<Local, Scope>();
  let end = 0;

  const propertyOf = ({ text }: ts.Identifier): Name | undefined => {
    if (!kept.has(text) && !properties.has(text)) properties.set(text, { word: text, place: 0 });
    return properties.get(text);
  };
  const variableOf = ({ text }: ts.Identifier, scope: Scope): Local | undefined => {
    if (text in globalThis) return undefined;
    const variable = variables.get(text) ?? {
      word: words.get(text) ?? text,
      place: 0,
      rivals: [],
      wishes: [],
    };
    variables.set(text, variable);
    homes.set(variable, (homes.get(variable) ?? scope).outwards.find(s => scope.outwards.includes(s))!);
    for (const s of scope.outwards) s.used.add(variable);
    return variable;
  };
  const replace = (first: ts.Node, last: ts.Node, ...by: Program['pieces']): void => {
    pieces.push(code.slice(end, first.getStart()), ...by);
    end = last.end;
  };
  const visit = (node: ts.Node, scope: Scope): void => {
    if (ts.isIdentifier(node)) {
      const name = isProperty(node, node) ? propertyOf(node) : variableOf(node, scope);
      if (name) replace(node, node, name);
      return;
    }
    if (ts.isExportSpecifier(node) && ts.isIdentifier(node.name)) {
      replace(node, node, variableOf(node.name, scope)!, ` as ${node.name.text}`);
      return;
    }
    const [key, value] = pairOf(node) ?? [];
    const property = key && propertyOf(key);
    const variable = property && variableOf(value!, scope);
    if (variable) {
      variable.wishes.push(property);
      replace(key, value!, [property, variable]);
    }
    const inner = opensScope(node) ? new Scope(scope, ts.isFunctionLike(node)) : scope;
    ts.forEachChild(node, part => {
      if (!variable || (part !== key && part !== value)) visit(part, scopeOf(part, node, inner));
    });
  };

  const module = new Scope();
  visit(ts.createSourceFile('.js', code, ts.ScriptTarget.Latest, true), module);
  pieces.push(code.slice(end));

  const locals = [...variables.values()].filter(variable => homes.get(variable) !== module);
  const globals = [...variables.values()].filter(variable => homes.get(variable) === module);
  for (const [variable, home] of homes)
    for (const other of home.used)
      if (other !== variable && home.outwards.includes(homes.get(other)!)) {
        variable.rivals.push(other);
        other.rivals.push(variable);
      }
  const frequent = new Map<string, Name>();
  for (const { word } of locals)
    if (!frequent.has(word) && locals.filter(local => local.word === word).length >= FREQUENT)
      frequent.set(word, { word, place: 0 });
  for (const { word, wishes } of locals) if (frequent.has(word)) wishes.push(frequent.get(word)!);
  return { pieces, properties: [...properties.values()], globals, words: [...frequent.values()], locals };
}

/** Names everything that has no name yet, and all locals again. */
export function giveNames({ properties, globals, locals }: Program): void {
  for (const names of [properties, globals]) {
    const taken = new Set(names.map(name => name.place));
    for (const name of names)
      for (let place = 1; !name.place; place++)
        if (!taken.has(place)) {
          name.place = place;
          taken.add(place);
        }
  }
  for (const local of locals) local.place = 0;
  for (const local of locals)
    for (const { place } of local.wishes)
      if (!local.place && place <= LETTERS.length && !local.rivals.some(rival => rival.place === place))
        local.place = place;
  // By place, the last local with a rival of that name.
  const taken: Local[] = [];
  for (const local of locals) {
    if (local.place) continue;
    for (const { place } of local.rivals) taken[place] = local;
    for (local.place = 1; taken[local.place] === local; ) local.place++;
  }
}

/** The text of a program whose names are chosen. */
export const putTogether = ({ pieces }: Program): string =>
  pieces
    .map(piece => {
      if (typeof piece === 'string') return piece;
      const [property, { place }] = Array.isArray(piece) ? piece : [piece, piece];
      return (property.place === place ? '' : `${NAMES[property.place]}:`) + NAMES[place];
    })
    .join('');
