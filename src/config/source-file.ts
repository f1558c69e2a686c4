import { type Document, isAlias, isMap, isPair, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

export type Path = readonly PropertyKey[];

/** A parsed YAML file that can tell where a value was written. */
export interface SourceFile {
  /** Plain data, or undefined when the file is not valid YAML. */
  readonly data: unknown;
  /** What is wrong with the YAML itself, each with its place. */
  readonly problems: readonly string[];
  /** The offset of the value at the path, or of its nearest ancestor that exists. */
  valueAt(path: Path): number;
  /** The offset of the key in the mapping at the path. */
  keyAt(path: Path, key: string): number;
  /** `file:line:column` of the offset. */
  place(offset: number): string;
}

/** Messages quote no line of the file, which could hold a secret. */
export function parseSourceFile(file: string, text: string): SourceFile {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  // The parser's further errors are mostly consequences of the first.
  const problems = document.errors.slice(0, 1).map(({ pos: [offset], message }) => {
    const line = text.split('\n')[lineCounter.linePos(offset).line - 1] ?? '';
    const hint = unquotedVariable.test(line) ? ` (inside { }, a variable needs quotes: "\${NAME}")` : '';
    return `${place(offset)}: ${message}${hint}`;
  });
  const data = problems.length === 0 ? toData(document, problems, place) : undefined;
  return {
    data,
    problems,
    valueAt: (path) => offsetOf(nearest(document, path)),
    keyAt: (path, key) => keyOffset(resolved(document, nearest(document, path)), key),
    place,
  };
}

/** In `{ token: ${NAME} }` the second brace opens another mapping. */
const unquotedVariable = /\{.*[^"']\$\{/;

/** Aliases are resolved only here, so their errors come from here. */
function toData(document: Document, problems: string[], place: (offset: number) => string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    problems.push(`${place(0)}: ${error instanceof Error ? error.message : 'not valid YAML'}`);
    return undefined;
  }
}

/** The node at the path as it is written there, or the deepest one on the way to it. */
function nearest(document: Document, path: Path): Node | null {
  let node: Node | null = document.contents;
  for (const segment of path) {
    const child = childOf(resolved(document, node), segment);
    if (!child) break;
    node = child;
  }
  return node;
}

function resolved(document: Document, node: Node | null): Node | null {
  return isAlias(node) ? (node.resolve(document) ?? null) : node;
}

function childOf(node: Node | null, segment: PropertyKey): Node | undefined {
  if (!isMap(node) && !isSeq(node)) return undefined;
  const child = node.get(segment, true);
  return child === undefined || isPair(child) ? undefined : (child as Node);
}

function offsetOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

function keyOffset(node: Node | null, key: string): number {
  if (!isMap(node)) return offsetOf(node);
  const pair = node.items.find((item) => String(item.key) === key);
  return offsetOf((pair?.key as Node | undefined) ?? node);
}
