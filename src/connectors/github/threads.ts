import type { RootContent } from 'mdast';
import { heading } from '../nodes.ts';
import type { CompleteThread } from './complete.ts';
import type { ReviewThread } from './schema.ts';
import type { Writing } from './writing.ts';

/** Of the lines that a comment is about, as many as show where it is. */
const LINES_OF_HUNK = 4;

/** Conversations about lines, by file and line. */
export function threadBlocks(threads: readonly CompleteThread[], writing: Writing): RootContent[] {
  const blocks: RootContent[] = [];
  let path: string | undefined;
  for (const { thread, comments } of [...threads].map(withoutDrafts).sort(byPlace)) {
    const [first] = comments;
    if (first === undefined) continue;
    if (thread.path !== path) blocks.push(heading(3, thread.path));
    path = thread.path;
    blocks.push(heading(4, titleOf(thread, writing)));
    const tail = (first.diffHunk ?? '').split('\n').slice(-LINES_OF_HUNK).join('\n');
    if (tail.trim() !== '' && thread.subjectType !== 'FILE')
      blocks.push({ type: 'code', lang: 'diff', value: tail });
    for (const comment of comments) blocks.push(...writing.comment(comment, 5));
  }
  return blocks;
}

/** A comment of a review that was not sent yet is shown to its writer alone. */
export function withoutDrafts({ thread, comments }: CompleteThread): CompleteThread {
  return { thread, comments: comments.filter(({ state }) => state !== 'PENDING') };
}

/** Such as `Lines 12–14 (resolved by ann, outdated)`. */
function titleOf(thread: ReviewThread, writing: Writing): string {
  const { isResolved, isOutdated, resolvedBy, subjectType } = thread;
  const by = resolvedBy ? ` by ${writing.name(resolvedBy)}` : '';
  const flags = [isResolved && `resolved${by}`, isOutdated && 'outdated'].filter(Boolean);
  const { first, last } = linesOf(thread);
  const lines = first === last ? `Line ${last}` : `Lines ${first}–${last}`;
  const place = subjectType === 'FILE' || last === 0 ? 'The file' : lines;
  return flags.length === 0 ? place : `${place} (${flags.join(', ')})`;
}

function linesOf({ line, originalLine, startLine, originalStartLine }: ReviewThread) {
  const last = line ?? originalLine ?? 0;
  return { first: (line == null ? originalStartLine : startLine) ?? last, last };
}

function byPlace(a: CompleteThread, b: CompleteThread): number {
  if (a.thread.path !== b.thread.path) return a.thread.path < b.thread.path ? -1 : 1;
  const lines = linesOf(a.thread).last - linesOf(b.thread).last;
  if (lines !== 0) return lines;
  const [x, y] = [a, b].map(({ comments }) => comments[0]?.createdAt ?? '') as [string, string];
  return x === y ? (a.thread.id < b.thread.id ? -1 : 1) : x < y ? -1 : 1;
}
