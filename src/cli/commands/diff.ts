import { type Period, parsePeriod } from '../../history/dates.ts';
import { type ChangedDocument, type TreeDiff, treeDiff } from '../../history/diff.ts';
import { diffMarkdown } from '../../history/diff-markdown.ts';
import { sourceOf } from '../../history/identity.ts';
import { openRepository, type ReadingOptions } from '../reading.ts';
import type { CommandContext } from './build.ts';

export interface DiffCommandOptions extends ReadingOptions {
  readonly since: string;
  readonly until?: string;
  readonly source?: string;
  readonly patch?: boolean;
  readonly limit: number;
}

/** `ctx diff`: what became of the documents since a date. */
export async function diffCommand(options: DiffCommandOptions, context: CommandContext): Promise<number> {
  const { source, patch = false, limit } = options;
  const period = parsePeriod(options, new Date(context.now())) as Period & { readonly since: Date };
  const { repo: opened } = await openRepository(options, context);
  await using repo = opened;
  const diff = await treeDiff(repo, {
    ...period,
    patch,
    limit: limit === 0 ? Number.POSITIVE_INFINITY : limit,
    ...(source !== undefined && { source }),
  });
  if (options.json) context.output.json(report(repo.path, period, diff));
  else context.output.print(diffMarkdown(diff, period.since));
  return 0;
}

function report(
  repository: string,
  { since, until }: Required<Pick<Period, 'since'>> & Period,
  diff: TreeDiff,
) {
  const { from, to, counts, documents, more } = diff;
  return {
    repository,
    since: since.toISOString(),
    until: until?.toISOString() ?? null,
    from: from && { commit: from.id, date: from.committed.toISOString() },
    to: { commit: to.id, date: to.committed.toISOString() },
    ...counts,
    documents: documents.map(documentJson),
    more,
  };
}

function documentJson(changed: ChangedDocument) {
  const { document, kind, type, title, key, url, path, formerPath = null, people } = changed;
  const { facts, text, sections, patch } = changed;
  const source = sourceOf(document);
  const id = document.slice(source.length + 1);
  return { source, id, kind, type, title, key, url, path, formerPath, people, facts, text, sections, patch };
}
