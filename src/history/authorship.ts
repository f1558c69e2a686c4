import type { Facts } from '../core/document.ts';
import type { LoggedCommit } from '../git/reading.ts';
import type { DocumentId } from './document-id.ts';

/** Who changed a document in a commit, as well as the repository knows it. */
export interface Authorship {
  readonly person: string | null;
  /**
   * True if the commit is this person's change. False if the commit is a run of the tool, which took over all that had
   * been written since the run before: the person wrote the last of it.
   */
  readonly exact: boolean;
  /** When the change was made, or else when the run found it. */
  readonly date: Date;
  /** The address of the source's own revision. */
  readonly url: string | null;
}

/** The identity of runs (`cli/run-build.ts`). */
const TOOL = 'context-sync@localhost';

export function authorshipOf(
  commit: LoggedCommit,
  document: DocumentId,
  facts: Facts | undefined,
): Authorship {
  const { author, authored, committed, trailers } = commit;
  const named = trailer(trailers, 'Document');
  if (named === document)
    return { person: author.name, exact: true, date: authored, url: trailer(trailers, 'Url') };
  const isRun = named !== null || author.email === TOOL || trailer(trailers, 'Context-Sources') !== null;
  if (!isRun) return { person: author.name, exact: true, date: authored, url: null };
  return { person: lastEditor(facts), exact: false, date: committed, url: null };
}

/** The document that a commit says it is a revision of, if it says so. */
export function revisedDocument({ trailers }: LoggedCommit): DocumentId | null {
  return trailer(trailers, 'Document');
}

/** Whether a commit takes documents out so that those after it tell how they came about. */
export function isBackfill({ trailers }: LoggedCommit): boolean {
  return trailer(trailers, 'Backfill') !== null;
}

function trailer(trailers: string, name: string): string | null {
  const line = trailers.split('\n').find((each) => each.startsWith(`${name}: `));
  return line === undefined ? null : line.slice(name.length + 2).trim();
}

function lastEditor(facts: Facts | undefined): string | null {
  const reporter = facts?.fields?.reporter;
  return facts?.editor ?? facts?.author ?? (typeof reporter === 'string' ? reporter : null);
}
