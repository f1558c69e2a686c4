/**
 * The grammar that CQL and JQL share: `field operator value` joined by AND, OR, NOT and parentheses, with an
 * ORDER BY at the end. Reading it here tells syntax errors; what fields and values mean is the caller's.
 */
export type Value =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'function'; readonly name: string; readonly args: readonly string[] };

export interface Clause {
  readonly kind: 'clause';
  readonly field: string;
  readonly operator: string;
  readonly values: readonly Value[];
}

export type Expression =
  | Clause
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] }
  | { readonly kind: 'not'; readonly part: Expression };

export interface Order {
  readonly field: string;
  readonly descending: boolean;
}

export interface Query {
  /** Undefined when the query only orders. */
  readonly where: Expression | undefined;
  readonly orderBy: readonly Order[];
}

export class QuerySyntaxError extends Error {
  override readonly name = 'QuerySyntaxError';
}

interface Token {
  readonly kind: 'word' | 'string' | 'operator' | 'paren' | 'comma' | 'end';
  readonly text: string;
}

const TOKEN =
  /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(!=|>=|<=|!~|[=<>~])|([()])|(,)|([^\s"'()=<>!~,]+))/y;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new QuerySyntaxError(`Expecting a valid token at character ${at + 1}.`);
    const [, double, single, operator, paren, comma, word] = match;
    const string = double ?? single;
    if (string !== undefined) tokens.push({ kind: 'string', text: string.replace(/\\(.)/g, '$1') });
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator });
    else if (paren !== undefined) tokens.push({ kind: 'paren', text: paren });
    else if (comma !== undefined) tokens.push({ kind: 'comma', text: comma });
    else tokens.push({ kind: 'word', text: word ?? '' });
  }
  return tokens;
}

export function parseQuery(text: string): Query {
  const tokens = tokenize(text);
  let position = 0;
  const end: Token = { kind: 'end', text: 'end of query' };
  const peek = (): Token => tokens[position] ?? end;
  const next = (): Token => tokens[position++] ?? end;
  const isWord = (token: Token, ...words: string[]) =>
    token.kind === 'word' && words.includes(token.text.toUpperCase());
  const accept = (word: string): boolean => {
    if (!isWord(peek(), word)) return false;
    position += 1;
    return true;
  };
  const expected = (what: string): never => {
    throw new QuerySyntaxError(`Expecting ${what} but got '${peek().text}'.`);
  };

  const parseOr = (): Expression => {
    const parts = [parseAnd()];
    while (accept('OR') || accept('||')) parts.push(parseAnd());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'or', parts };
  };
  const parseAnd = (): Expression => {
    const parts = [parseNot()];
    while (accept('AND') || accept('&&')) parts.push(parseNot());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'and', parts };
  };
  const parseNot = (): Expression => {
    if (accept('NOT') || accept('!')) return { kind: 'not', part: parseNot() };
    if (peek().text !== '(' || peek().kind !== 'paren') return parseClause();
    next();
    const inner = parseOr();
    if (next().text !== ')') expected("')'");
    return inner;
  };
  const parseClause = (): Clause => {
    const name = peek();
    if (name.kind !== 'word' && name.kind !== 'string') expected('a field name');
    if (isWord(name, 'AND', 'OR', 'ORDER')) expected('a field name');
    next();
    const operator = parseOperator();
    const values = operator.startsWith('is') ? [parseEmpty()] : parseValues(operator);
    return { kind: 'clause', field: name.text.toLowerCase(), operator, values };
  };
  const parseOperator = (): string => {
    const token = peek();
    if (token.kind === 'operator') return next().text;
    if (accept('IN')) return 'in';
    if (accept('NOT')) return accept('IN') ? 'not in' : expected("'IN'");
    if (accept('IS')) return accept('NOT') ? 'is not' : 'is';
    return expected('an operator');
  };
  const parseEmpty = (): Value => {
    if (!isWord(peek(), 'EMPTY', 'NULL')) expected("'EMPTY'");
    return { kind: 'text', text: next().text, quoted: false };
  };
  const parseValues = (operator: string): readonly Value[] => {
    if (!operator.endsWith('in')) return [parseValue()];
    if (peek().text !== '(') return [parseValue()];
    next();
    const values = [parseValue()];
    while (peek().kind === 'comma') {
      next();
      values.push(parseValue());
    }
    if (peek().text !== ')') expected("')'");
    next();
    return values;
  };
  const parseValue = (): Value => {
    const token = peek();
    if (token.kind !== 'word' && token.kind !== 'string') expected('a value');
    next();
    if (token.kind === 'word' && peek().kind === 'paren' && peek().text === '(') {
      next();
      const args: string[] = [];
      while (peek().kind === 'word' || peek().kind === 'string') {
        args.push(next().text);
        if (peek().kind === 'comma') next();
      }
      if (next().text !== ')') expected("')'");
      return { kind: 'function', name: token.text.toLowerCase(), args };
    }
    return { kind: 'text', text: token.text, quoted: token.kind === 'string' };
  };
  const parseOrder = (): Order[] => {
    const orders: Order[] = [];
    do {
      const field = next();
      if (field.kind !== 'word' && field.kind !== 'string') expected('a field to order by');
      const descending = accept('DESC');
      if (!descending) accept('ASC');
      orders.push({ field: field.text.toLowerCase(), descending });
    } while (peek().kind === 'comma' && next());
    return orders;
  };

  const where = peek().kind === 'end' || isWord(peek(), 'ORDER') ? undefined : parseOr();
  const orderBy = accept('ORDER') ? (accept('BY') ? parseOrder() : expected("'BY'")) : [];
  if (peek().kind !== 'end') expected("'AND', 'OR' or the end of the query");
  return { where, orderBy };
}

export function evaluate(expression: Expression, test: (clause: Clause) => boolean): boolean {
  switch (expression.kind) {
    case 'and':
      return expression.parts.every((part) => evaluate(part, test));
    case 'or':
      return expression.parts.some((part) => evaluate(part, test));
    case 'not':
      return !evaluate(expression.part, test);
    case 'clause':
      return test(expression);
  }
}

export function clausesOf(expression: Expression | undefined): Clause[] {
  if (expression === undefined) return [];
  if (expression.kind === 'clause') return [expression];
  if (expression.kind === 'not') return clausesOf(expression.part);
  return expression.parts.flatMap(clausesOf);
}
