import { readDocument } from '../frontmatter/read.ts';
import type { Hunk, ReadingRepo } from '../git/reading.ts';
import { type FactChange, factChanges } from './facts.ts';

/** How one version of a document differs from another. */
export interface VersionDiff {
  readonly facts: readonly FactChange[];
  /** Lines of the text below the frontmatter. */
  readonly text: { readonly added: number; readonly removed: number };
  /** The headings of the sections whose text differs; empty for what stands before the first one. */
  readonly sections: readonly string[];
}

/** Compares two versions by their blobs; null where there is none on that side, of which only the length is told. */
export async function compareVersions(
  repo: ReadingRepo,
  before: string | null,
  after: string | null,
): Promise<VersionDiff> {
  if (before === null || after === null) {
    const [removed, added] = [await lengthOf(repo, before), await lengthOf(repo, after)];
    return { facts: [], text: { added, removed }, sections: [] };
  }
  if (before === after) return { facts: [], text: { added: 0, removed: 0 }, sections: [] };
  const [old, next, hunks] = await Promise.all([
    repo.content(before),
    repo.content(after),
    repo.hunks(before, after),
  ]);
  const [was, is] = [outline(old), outline(next)];
  const text = { added: 0, removed: 0 };
  const sections = new Set<string>();
  for (const hunk of hunks) {
    const [removed, added] = [below(was, hunk.before), below(is, hunk.after)];
    text.removed += removed.length;
    text.added += added.length;
    // A section that is gone has its heading in the old version alone.
    for (const line of added) sections.add(is.headingOf(line));
    if (added.length === 0) for (const line of removed) sections.add(was.headingOf(line));
  }
  const facts = was.facts && is.facts ? factChanges(was.facts, is.facts) : [];
  return { facts, text, sections: [...sections] };
}

/** How many lines a version has below its frontmatter. */
async function lengthOf(repo: ReadingRepo, blob: string | null): Promise<number> {
  if (blob === null) return 0;
  const text = await repo.content(blob);
  const body = readDocument(text)?.body ?? text;
  return body === '' ? 0 : body.replace(/\n$/, '').split('\n').length;
}

/** The number of the first line below the frontmatter. */
export function firstTextLine(text: string): number {
  const body = readDocument(text)?.body ?? text;
  return text.slice(0, text.length - body.length).split('\n').length;
}

interface Outline {
  readonly facts: NonNullable<ReturnType<typeof readDocument>>['facts'] | undefined;
  readonly start: number;
  headingOf(line: number): string;
}

function outline(text: string): Outline {
  const headings = headingsIn(text, firstTextLine(text));
  return {
    facts: readDocument(text)?.facts,
    start: firstTextLine(text),
    headingOf: (line) => headings.findLast((heading) => heading.line <= line)?.text ?? '',
  };
}

/** The headings from a line on, as `#` marks them; those within code are none. */
export function headingsIn(text: string, from: number): { line: number; depth: number; text: string }[] {
  const headings: { line: number; depth: number; text: string }[] = [];
  let fence: string | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    if (index + 1 < from) continue;
    const [, mark] = /^\s*(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) fence = undefined;
    } else if (mark !== undefined) fence = mark;
    else {
      const [, marks = '', heading] = /^(#{1,6}) +(.+?)(?: +#+)?$/.exec(line) ?? [];
      if (heading !== undefined) headings.push({ line: index + 1, depth: marks.length, text: heading });
    }
  }
  return headings;
}

/** The lines of one side of a hunk that are not of the frontmatter. */
function below({ start }: Outline, side: Hunk['before']): number[] {
  return Array.from({ length: side.count }, (_, index) => side.start + index).filter((line) => line >= start);
}
