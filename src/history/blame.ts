import { readDocument } from '../frontmatter/read.ts';
import type { BlamedLine, Hunk, ReadingRepo } from '../git/reading.ts';
import { type Authorship, authorshipOf, isBackfill } from './authorship.ts';
import type { FoundDocument } from './find.ts';
import { type Version, versionsOf } from './follow.ts';
import { goneError } from './show.ts';
import { firstTextLine } from './text.ts';

export interface BlameLine {
  /** In the document as it is now. */
  readonly number: number;
  readonly text: string;
  readonly isFrontmatter: boolean;
  readonly commit: string;
  readonly authorship: Authorship;
}

/** Versions at one path without a gap, newest first. git itself can tell whose their lines are. */
interface Stretch {
  readonly path: string;
  readonly newest: Version;
  readonly oldest: Version;
}

/**
 * For each line of a document the commit that brought it, whatever the document was called and wherever it lay. Fails with
 * `history.gone`.
 */
export async function blame(repo: ReadingRepo, { document, path }: FoundDocument): Promise<BlameLine[]> {
  const versions: Version[] = [];
  for await (const version of versionsOf(repo, document, path)) {
    // A backfill tells all that the repository had before.
    if (version.kind === 'deleted' && isBackfill(version.commit) && versions.length > 0) break;
    versions.push(version);
  }
  const stretches = stretchesOf(versions);
  const [now] = stretches;
  if (versions[0]?.kind === 'deleted') throw goneError(document, versions[0]);
  if (now?.newest.after == null) return [];
  const text = await repo.content(now.newest.after);
  const lines = await origins(repo, stretches);
  const authorships = new Map<string, Authorship>();
  for (const { commit, after } of versions) {
    const facts = after === null ? undefined : readDocument(await repo.content(after))?.facts;
    authorships.set(commit.id, authorshipOf(commit, document, facts));
  }
  const start = firstTextLine(text);
  return lines.map(({ commit, text: line }, index) => ({
    number: index + 1,
    text: line,
    isFrontmatter: index + 1 < start,
    commit,
    authorship: authorships.get(commit) as Authorship,
  }));
}

function stretchesOf(versions: readonly Version[]): Stretch[] {
  const stretches: Stretch[] = [];
  let newest: Version | undefined;
  for (const [index, version] of versions.entries()) {
    if (version.kind === 'deleted') continue;
    newest ??= version;
    if (version.kind === 'modified' && index < versions.length - 1) continue;
    stretches.push({ path: version.path, newest, oldest: version });
    newest = undefined;
  }
  return stretches;
}

interface Origin {
  readonly commit: string;
  readonly text: string;
}

/**
 * git tells the lines of each stretch apart down to its oldest version. Lines of that one which the newest version of the
 * stretch before also had are looked up there: git would look for them in whatever lay at the path before, which may have
 * been another document.
 */
async function origins(repo: ReadingRepo, stretches: readonly Stretch[]): Promise<Origin[]> {
  const [stretch, ...older] = stretches;
  if (stretch === undefined) return [];
  const { path, newest, oldest } = stretch;
  const since = oldest.commit.id;
  const lines =
    newest === oldest
      ? await wholeVersion(repo, oldest)
      : await repo.blame(path, { since, until: newest.commit.id });
  const [former] = older;
  if (former === undefined || lines.every(({ commit }) => commit !== since)) return lines;
  const hunks = await repo.hunks(former.newest.after as string, oldest.after as string);
  const formerLines = await origins(repo, older);
  return lines.map(({ commit, number, text }) => {
    const before = commit === since ? lineBefore(hunks, number) : undefined;
    const origin = before === undefined ? undefined : formerLines[before - 1];
    return { commit: origin?.commit ?? commit, text };
  });
}

async function wholeVersion(repo: ReadingRepo, { commit, after }: Version): Promise<BlamedLine[]> {
  const lines = (await repo.content(after as string)).replace(/\n$/, '').split('\n');
  return lines.map((text, index) => ({ commit: commit.id, number: index + 1, text }));
}

/** The number that a line had before; undefined for a line that is not older. */
function lineBefore(hunks: readonly Hunk[], line: number): number | undefined {
  let shift = 0;
  for (const { before, after } of hunks) {
    const first = after.count === 0 ? after.start + 1 : after.start;
    if (line < first) break;
    if (line < first + after.count) return undefined;
    shift += before.count - after.count;
  }
  return line + shift;
}
