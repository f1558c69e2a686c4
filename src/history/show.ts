import { ctxError } from '../core/errors/index.ts';
import type { ReadingRepo } from '../git/reading.ts';
import { parseMoment, shownMoment } from './dates.ts';
import type { DocumentId } from './document-id.ts';
import { type FoundDocument, findDocument } from './find.ts';
import { beforeFirst } from './first-commit.ts';
import { type Version, versionsOf } from './follow.ts';

/** A document as it was in a commit. */
export interface Snapshot {
  readonly found: FoundDocument;
  readonly path: string;
  /** The commit that made it so. */
  readonly version: Version;
  readonly content: string;
}

/** As of a commit that a person named, or of a moment; the last commit without either. */
interface Asked {
  readonly name: string;
  readonly at: string | undefined;
}

/** Reads `NAME`, `NAME@DATE` or `NAME@COMMIT`; fails with an error of the catalogue that says since when it is known. */
export async function snapshot(repo: ReadingRepo, text: string, cwd: string, now: Date): Promise<Snapshot> {
  const { name, at } = askedIn(text);
  const commit = at === undefined ? repo.head : await commitAt(repo, at, now);
  const found = await findDocument(repo, name, cwd);
  const later = new Set<string>();
  for await (const { id } of repo.log({ after: commit })) later.add(id);
  let first: Version | undefined;
  for await (const version of versionsOf(repo, found.document, found.path)) {
    first = version;
    if (later.has(version.commit.id)) continue;
    if (version.after === null)
      throw at === undefined ? goneError(found.document, version) : notThere(found, version, at);
    const content = await repo.content(version.after);
    return { found, path: version.path, version, content };
  }
  const known = first ? `it came at ${shownMoment(first.commit.committed)}` : 'no commit has it';
  throw ctxError('history.not-there', { document: found.document, when: at ?? 'HEAD', known });
}

/** What follows the last `@`. */
function askedIn(text: string): Asked {
  const sign = text.lastIndexOf('@');
  return sign <= 0 ? { name: text, at: undefined } : { name: text.slice(0, sign), at: text.slice(sign + 1) };
}

async function commitAt(repo: ReadingRepo, at: string, now: Date): Promise<string> {
  if (/^[0-9a-f]{4,64}$/i.test(at)) {
    const commit = await repo.resolve(at);
    if (commit === null) throw ctxError('history.unknown-commit', { commit: at, path: repo.path });
    return commit;
  }
  const until = parseMoment(at, now, 'end');
  for await (const { id } of repo.log({ until, limit: 1 })) return id;
  throw await beforeFirst(repo, at);
}

/** Of a document that its last version says is gone. */
export function goneError(document: DocumentId, { commit, path }: Version): Error {
  const since = shownMoment(commit.committed);
  const before = commit.parent?.slice(0, 10) ?? '';
  return ctxError('history.gone', { document, path, since, before });
}

function notThere({ document }: FoundDocument, { commit, path }: Version, when: string): Error {
  const known = `it went at ${shownMoment(commit.committed)}, from ${path}`;
  return ctxError('history.not-there', { document, when, known });
}
