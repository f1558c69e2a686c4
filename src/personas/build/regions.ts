import { parseDocument } from 'yaml';
import { MARK } from '../marker.ts';

/** What is generated of a file. Text of neither is never touched. */
export interface Generated {
  /** Lines of YAML. */
  readonly frontmatter: string | null;
  /** Markdown. */
  readonly body: string;
}

/** Whose parts these are, and what they were made from. */
export interface Origin {
  readonly name: string;
  /** The persona's file, as people call it. */
  readonly file: string;
  readonly hash: string;
}

type Kind = keyof Generated;

/** Both ends' lines with their line ends, and all between. */
interface Region {
  readonly kind: Kind;
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** What its first line ends with. */
  readonly eol: string;
}

/** What is wrong with a file, and in which of its lines; never a text of it. */
export class RegionProblem {
  readonly line: number;
  readonly problem: string;

  constructor(line: number, problem: string) {
    this.line = line;
    this.problem = problem;
  }
}

export const beginOf = (name: string) => `<!-- ${MARK} begin ${name} -->`;
export const endOf = (name: string) => `<!-- ${MARK} end ${name} -->`;

/** A new file, all of it generated. */
export function newFile(generated: Generated, origin: Origin): string {
  const body = regionText('body', generated.body, origin);
  const { frontmatter } = generated;
  return frontmatter === null ? body : `---\n${regionText('frontmatter', frontmatter, origin)}---\n\n${body}`;
}

/**
 * A file with its generated parts made anew. What a person has taken the marks away from is theirs: of a file without frontmatter
 * between marks the body alone is written. The file comes, and goes, as one character for each of its bytes, so that what is not
 * ours stays as it is, whatever its encoding.
 */
export function withRegions(file: string, generated: Generated, origin: Origin): string | RegionProblem {
  const regions = regionsIn(file);
  if (regions instanceof RegionProblem) return regions;
  if (regions.length === 0) return new RegionProblem(1, 'it has no marks: it is not ours');
  const foreign = regions.find(({ name }) => name !== origin.name);
  if (foreign)
    return new RegionProblem(lineAt(file, foreign.start), `it is marked as that of ${foreign.name}`);
  let result = '';
  let from = 0;
  for (const { kind, start, end, eol } of regions) {
    const text = generated[kind];
    if (text === null)
      return new RegionProblem(lineAt(file, start), 'marks of frontmatter, which it has none of');
    const isCut = !file.slice(start, end).endsWith('\n');
    const own = bytesOf(regionText(kind, text, origin).replaceAll('\n', eol));
    result += file.slice(from, start) + (isCut ? own.slice(0, -eol.length) : own);
    from = end;
  }
  result += file.slice(from);
  return frontmatterProblem(result, regions) ?? result;
}

/** One character for each byte of the text as UTF-8. */
export const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

function regionText(kind: Kind, text: string, { name, file, hash }: Origin): string {
  const told = `${MARK} begin ${name} sha256:${hash} made by ctx persona build from ${file}; write outside of these marks`;
  return kind === 'body'
    ? `<!-- ${told} -->\n\n${text.trim()}\n\n${endOf(name)}\n`
    : `# ${told}\n${text.trimEnd()}\n# ${MARK} end ${name}\n`;
}

const MARKED_LINE = new RegExp(`^(?:\\xEF\\xBB\\xBF)?(<!--|#)[ \\t]*${MARK}\\b(.*)(?:\\r?\\n|$)`, 'gm');
const WORDS = /^ (begin|end) ([a-z0-9-]+)(?=[ \t\r]|$)/;

/** The marked parts of a file, in their order; each kind once. */
export function regionsIn(file: string): Region[] | RegionProblem {
  const regions: Region[] = [];
  let open:
    | { readonly kind: Kind; readonly name: string; readonly start: number; readonly eol: string }
    | undefined;
  for (const match of file.matchAll(MARKED_LINE)) {
    const [whole, comment, rest = ''] = match;
    const line = lineAt(file, match.index);
    const [, word, name = ''] = WORDS.exec(rest) ?? [];
    const kind: Kind = comment === '#' ? 'frontmatter' : 'body';
    if (word === undefined || (kind === 'body' && !/-->[ \t]*\r?$/.test(rest)))
      return new RegionProblem(line, 'the mark is damaged');
    if (word === 'begin') {
      if (open)
        return new RegionProblem(line, `a mark begins within that of line ${lineAt(file, open.start)}`);
      if (regions.some((region) => region.kind === kind))
        return new RegionProblem(line, 'the mark is there twice');
      open = { kind, name, start: match.index, eol: whole.endsWith('\r\n') ? '\r\n' : '\n' };
    } else {
      if (open?.kind !== kind || open.name !== name)
        return new RegionProblem(line, 'the mark ends what has not begun');
      regions.push({ ...open, end: match.index + whole.length });
      open = undefined;
    }
  }
  return open ? new RegionProblem(lineAt(file, open.start), 'the mark has no end') : regions;
}

/** A person's own keys may be those that are generated, too. */
function frontmatterProblem(file: string, regions: readonly Region[]): RegionProblem | undefined {
  const region = regions.find(({ kind }) => kind === 'frontmatter');
  if (region === undefined) return undefined;
  const first = /^(?:\xEF\xBB\xBF)?---[ \t]*\r?\n/.exec(file)?.[0].length ?? 0;
  const last = first + (/^---[ \t]*\r?$/m.exec(file.slice(first))?.index ?? 0);
  if (region.start < first || region.end > last)
    return new RegionProblem(lineAt(file, region.start), 'marks of frontmatter outside of it');
  const yaml = file.slice(first, last);
  const [error] = parseDocument(Buffer.from(yaml, 'latin1').toString('utf8')).errors;
  if (error === undefined) return undefined;
  const reason =
    error.code === 'DUPLICATE_KEY'
      ? 'a key stands both within the marks and outside'
      : 'it is not valid YAML';
  return new RegionProblem((error.linePos?.[0].line ?? 1) + 1, `the frontmatter: ${reason}`);
}

function lineAt(file: string, offset: number): number {
  return file.slice(0, offset).split('\n').length;
}
