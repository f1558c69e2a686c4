import type { ConfluenceClient } from './client.ts';
import type { Listed } from './listing.ts';
import type { Comment } from './schema.ts';

type Kind = 'footer' | 'inline';

export interface Thread {
  readonly comment: Comment;
  readonly replies: readonly Thread[];
}

export interface Threads {
  readonly footer: readonly Thread[];
  readonly inline: readonly Thread[];
}

/** The comments of a document in numbers, which change whenever one of them does. */
export interface CommentSummary {
  readonly count: number;
  /** Inline comments that are not resolved. */
  readonly open: number;
  /** When one was written, edited, resolved or reopened last. */
  readonly updated: string;
}

/** What the site's two listings of comments say of each document, by its id. */
export async function listComments(client: ConfluenceClient): Promise<Map<string, CommentSummary>> {
  const summaries = new Map<string, CommentSummary>();
  const summarize = async (kind: Kind) => {
    /** Of each comment, the document that it is on, or the comment that it answers. */
    const places = new Map<string, { readonly document: string } | { readonly parent: string }>();
    const notes: { readonly id: string; readonly note: CommentSummary }[] = [];
    for await (const comment of client.allComments(kind)) {
      const document = comment.pageId ?? comment.blogPostId;
      const parent = comment.parentCommentId;
      if (document !== undefined) places.set(comment.id, { document });
      else if (parent !== undefined) places.set(comment.id, { parent });
      notes.push({ id: comment.id, note: noteOf(comment, kind, parent !== undefined) });
    }
    const documentOf = (id: string): string | undefined => {
      let place = places.get(id);
      // A chain of answers is no longer than there are comments.
      for (let steps = places.size; steps > 0 && place && 'parent' in place; steps -= 1)
        place = places.get(place.parent);
      return place && 'document' in place ? place.document : undefined;
    };
    for (const { id, note } of notes) {
      const document = documentOf(id);
      if (document !== undefined) summaries.set(document, add(summaries.get(document), note));
    }
  };
  await Promise.all([summarize('footer'), summarize('inline')]);
  return summaries;
}

/** The same of threads that were read; undefined without a comment. */
export function summaryOf({ footer, inline }: Threads): CommentSummary | undefined {
  let summary: CommentSummary | undefined;
  const note = (threads: readonly Thread[], kind: Kind, isReply: boolean) => {
    for (const { comment, replies } of threads) {
      summary = add(summary, noteOf(comment, kind, isReply));
      note(replies, kind, true);
    }
  };
  note(footer, 'footer', false);
  note(inline, 'inline', false);
  return summary;
}

function noteOf(comment: Comment, kind: Kind, isReply: boolean): CommentSummary {
  const written = comment.version?.createdAt ?? '';
  const settled = (!isReply && comment.resolutionLastModifiedAt) || '';
  const isOpen = kind === 'inline' && !isReply && comment.resolutionStatus !== 'resolved';
  return { count: 1, open: Number(isOpen), updated: settled > written ? settled : written };
}

function add(sum: CommentSummary | undefined, note: CommentSummary): CommentSummary {
  if (sum === undefined) return note;
  const updated = note.updated > sum.updated ? note.updated : sum.updated;
  return { count: sum.count + note.count, open: sum.open + note.open, updated };
}

/** All comments of a document, the oldest first. */
export async function readThreads(client: ConfluenceClient, { id, type }: Listed): Promise<Threads> {
  const read = async (kind: Kind) => {
    const threads: Thread[] = [];
    for await (const comment of client.comments(kind, type, id))
      threads.push(await readThread(client, kind, comment));
    return threads.sort(oldestFirst);
  };
  return { footer: await read('footer'), inline: await read('inline') };
}

async function readThread(client: ConfluenceClient, kind: Kind, comment: Comment): Promise<Thread> {
  const replies: Thread[] = [];
  for await (const reply of client.replies(kind, comment.id))
    replies.push(await readThread(client, kind, reply));
  return { comment, replies: replies.sort(oldestFirst) };
}

/** Ids rise with time, and unlike the date of the last version they do not change. */
function oldestFirst(a: Thread, b: Thread): number {
  return a.comment.id.length - b.comment.id.length || (a.comment.id < b.comment.id ? -1 : 1);
}

export function commentsIn({ footer, inline }: Threads): Comment[] {
  const all = (threads: readonly Thread[]): Comment[] =>
    threads.flatMap(({ comment, replies }) => [comment, ...all(replies)]);
  return [...all(footer), ...all(inline)];
}
