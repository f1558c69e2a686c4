import { createRequire } from 'node:module';
import type { Language as Grammar, Parser, Query, Tree } from 'web-tree-sitter';
import { CHUNK_SIZE, type Chunk } from './chunk.ts';
import { chunkNote } from './document.ts';
import { type Language, languageOf } from './languages.ts';
import type { Piece } from './pieces.ts';
import { type Definition, definitionsIn } from './symbols.ts';
import { cutTree } from './syntax.ts';
import { chunkText } from './text.ts';

/** A file of a code repository as passages: code by its syntax, markdown by its headings, and whatever else by its blank lines. */
export type ChunkCode = (path: string, text: string) => Promise<Chunk[]>;

interface Loaded {
  readonly grammar: Grammar;
  readonly definitions: Query;
}

/**
 * Grammars are loaded when the first file of their language comes, and kept. `onFailure` hears once of each that cannot be: its
 * files are then cut as text.
 */
export async function createCodeChunker(
  onFailure: (grammar: string, cause: unknown) => void,
  fileOf: (grammar: string) => string = installed,
): Promise<ChunkCode> {
  // A third of a megabyte that only those who index code wait for.
  const treeSitter = await import('web-tree-sitter');
  await treeSitter.Parser.init();
  const parser = new treeSitter.Parser();
  const known = new Map<Language, Promise<Loaded | undefined>>();

  async function load(language: Language): Promise<Loaded | undefined> {
    try {
      const grammar = await treeSitter.Language.load(fileOf(language.grammar));
      return { grammar, definitions: new treeSitter.Query(grammar, language.definitions) };
    } catch (cause) {
      onFailure(language.grammar, cause);
      return undefined;
    }
  }

  return async (path, text) => {
    if (/\.(?:md|mdx|markdown)$/i.test(path)) return chunkNote(text);
    const language = languageOf(path);
    if (language === undefined) return chunkText(text);
    const loading = known.get(language) ?? load(language);
    known.set(language, loading);
    const loaded = await loading;
    return (loaded && chunkTree(text, loaded, parser)) ?? chunkText(text);
  };
}

const require = createRequire(import.meta.url);

function installed(grammar: string): string {
  return require.resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${grammar}.wasm`);
}

function chunkTree(text: string, { grammar, definitions }: Loaded, parser: Parser): Chunk[] | undefined {
  parser.setLanguage(grammar);
  const tree = parse(text, parser);
  if (tree === null) return undefined;
  try {
    const lines = text.split(/\r?\n/);
    const defined = definitionsIn(tree.rootNode, definitions);
    const pieces = cutTree(tree.rootNode, lines, CHUNK_SIZE);
    if (pieces.length === 0) return undefined;
    return pieces.map((piece, index) => toChunk(piece, pieces[index - 1], defined));
  } finally {
    tree.delete();
  }
}

/**
 * Null for what is no text of the language and would keep a parser for long. Counted in steps, not by a clock, so that the same
 * text is cut the same way everywhere: people's code takes a step for more than a hundred characters, and junk one for ten.
 */
function parse(text: string, parser: Parser): Tree | null {
  let steps = 300 + text.length / 60;
  const tree = parser.parse(text, null, {
    progressCallback: () => {
      steps -= 1;
      return steps < 0;
    },
  });
  if (tree === null) parser.reset();
  return tree;
}

function toChunk(
  { text, first, last }: Piece,
  before: Piece | undefined,
  defined: readonly Definition[],
): Chunk {
  const around = defined.findLast((one) => one.first < first && one.last >= last);
  const symbols = defined.filter(
    (one) => !one.isScope && one.first >= first && one.first <= last && one.first !== before?.last,
  );
  return {
    headings: around?.path ?? [],
    text,
    lines: [first + 1, last + 1],
    ...(symbols.length > 0 && { symbols: symbols.map(({ path }) => path.join('.')) }),
  };
}
