import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ctxError } from '../../core/errors/index.ts';
import type { History } from '../../git/history.ts';
import type { DocumentKey } from '../links.ts';
import type { PurgedVersion } from './find.ts';
import { identityOf } from './identity.ts';
import type { PurgePlan } from './plan.ts';
import type { PurgeRecord } from './record.ts';

/** What git remembers beside its objects for its own ease, and does without. An entry of `rr-cache` is a folder. */
const CACHES = ['COMMIT_EDITMSG', 'FETCH_HEAD', 'ORIG_HEAD'] as const;
const RESOLUTIONS = 'rr-cache';

/** What a person has begun and not ended: a merge, a rebase, a pick. */
const BEGUN = [
  'AUTO_MERGE',
  'CHERRY_PICK_HEAD',
  'MERGE_HEAD',
  'MERGE_MSG',
  'REVERT_HEAD',
  'SQUASH_MSG',
  'rebase-apply',
  'rebase-merge',
  'sequencer',
] as const;

/**
 * Deletes what git has cached of the documents' texts, titles and commits outside of its objects. Fails with
 * `purge.left-behind` where such is part of work that a person has begun.
 */
export async function clearLeftovers(
  history: History,
  plan: PurgePlan,
  { objects, former }: PurgeRecord,
): Promise<void> {
  const speaks = speaksOf(plan, new Set([...plan.leaving, ...plan.tainted, ...objects, ...former]));
  for (const name of CACHES) {
    const file = await history.gitPath(name);
    if (filesIn(file).some(speaks)) rmSync(file);
  }
  const resolutions = await history.gitPath(RESOLUTIONS);
  for (const entry of namesIn(resolutions)) {
    const folder = join(resolutions, entry);
    if (filesIn(folder).some(speaks)) rmSync(folder, { recursive: true });
  }
  const begun: string[] = [];
  for (const name of BEGUN) {
    const path = await history.gitPath(name);
    if (filesIn(path).some(speaks)) begun.push(path);
  }
  if (begun.length > 0) throw ctxError('purge.left-behind', { paths: begun });
}

/** Whether a file is a version, says a title, a path or an address of one, or names an object that goes. */
function speaksOf(
  { documents, paths, versions }: Pick<PurgePlan, 'documents' | 'paths' | 'versions'>,
  gone: ReadonlySet<string>,
): (file: string) => boolean {
  const purged = new Set<DocumentKey>(documents);
  const words = new Set([...paths, ...[...versions.values()].flatMap(wordsOf)]);
  return (file) => {
    const text = readFileSync(file, 'utf8');
    const identity = identityOf(text);
    if (identity !== undefined && purged.has(`${identity.source}/${identity.id}`)) return true;
    for (const word of words) if (text.includes(word)) return true;
    return (text.match(/\b[0-9a-f]{40,64}\b/g) ?? []).some((id) => gone.has(id));
  };
}

const wordsOf = ({ title, url }: PurgedVersion): string[] =>
  [title.trim(), url ?? ''].filter((word) => [...word].length >= SHORTEST);

/** Shorter titles stand in every other text. */
export const SHORTEST = 4;

/** The file itself, or all files below a folder; none if there is nothing. */
function filesIn(path: string): string[] {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry === undefined) return [];
  if (!entry.isDirectory()) return [path];
  return namesIn(path).flatMap((name) => filesIn(join(path, name)));
}

function namesIn(folder: string): string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
}
