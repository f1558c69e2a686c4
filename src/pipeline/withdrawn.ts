import { isCtxError } from '../core/errors/index.ts';
import { readDocument } from '../frontmatter/read.ts';
import type { Addition, ContextRepo } from '../git/repo.ts';
import type { SourceRun } from './source-run.ts';

/** A document that goes because only some people may see it. Its history still holds it. */
export interface WithdrawnDocument {
  readonly id: string;
  /** Where it was last. */
  readonly path: string;
  /** The date of the first commit that had a document of this id, wherever it was. Absent when the history can't tell. */
  readonly since?: string;
  /** True when the history of this clone begins with that commit, so that others may have it from before. */
  readonly sinceAtLeast?: true;
  /** The date of the run that noticed; the source does not tell when it was restricted. */
  readonly until: string;
}

/** The documents of a run that became restricted, with how long the repository showed them. */
export async function withdrawnDocuments(
  repo: ContextRepo,
  { model, known, removals }: SourceRun,
  until: Date,
): Promise<WithdrawnDocument[]> {
  const ids = new Set([...removals.removed].flatMap(([id, reason]) => (reason === 'restricted' ? [id] : [])));
  if (ids.size === 0) return [];
  const first = await firstSeen(repo, model.source, ids);
  return [...ids].map((id) => {
    const seen = first.get(id);
    return {
      id,
      path: known.get(id)?.path ?? '',
      ...(seen && { since: seen.date.toISOString() }),
      ...(seen?.isCut && { sinceAtLeast: true as const }),
      until: until.toISOString(),
    };
  });
}

/**
 * Looks for the ids in the files as they came into the history, from its beginning on. By ids, since paths change and git
 * follows renames by likeness alone. What can't be read (a partial clone) ends the search: a report fails no run.
 */
async function firstSeen(
  repo: ContextRepo,
  source: string,
  ids: ReadonlySet<string>,
): Promise<Map<string, Addition>> {
  const found = new Map<string, Addition>();
  const asked: Addition[] = [];
  const seen = new Set<string>();
  async function* unseen() {
    for await (const addition of repo.additions(source)) {
      if (seen.has(addition.oid) || !addition.path.endsWith('.md')) continue;
      seen.add(addition.oid);
      asked.push(addition);
      yield addition;
    }
  }
  try {
    for await (const { content } of repo.read(unseen())) {
      const addition = asked.shift() as Addition;
      const text = Buffer.from(content).toString('utf8');
      // Spares the other documents the parser.
      const [, written = ''] = /^---\nid: "?([^"\n]*)"?\n/.exec(text) ?? [];
      if (!ids.has(written) || found.has(written) || readDocument(text)?.facts.source !== source) continue;
      found.set(written, addition);
      if (found.size === ids.size) break;
    }
  } catch (error) {
    if (!isCtxError(error)) throw error;
  }
  return found;
}
