import { parseMoment } from '../../history/dates.ts';
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
  const now = new Date(context.now());
  const since = parseMoment(options.since, now, 'beginning');
  const until = options.until === undefined ? undefined : parseMoment(options.until, now, 'end');
  const { repo: opened } = await openRepository(options, context);
  await using repo = opened;
  const diff = await treeDiff(repo, {
    since,
    patch,
    limit: limit === 0 ? Number.POSITIVE_INFINITY : limit,
    ...(until && { until }),
    ...(source !== undefined && { source }),
  });
  if (options.json) context.output.json(report(repo.path, since, until, diff));
  else context.output.print(diffMarkdown(diff, since));
  return 0;
}

function report(repository: string, since: Date, until: Date | undefined, diff: TreeDiff) {
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
