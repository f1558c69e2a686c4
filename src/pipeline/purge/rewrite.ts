import type { SourceModel } from '../../connectors/contract.ts';
import { commitText, type History, type HistorySink } from '../../git/history.ts';
import { DocumentsOfTree, type ReadBlob } from './documents.ts';
import { isOwnMessage, withoutTitle } from './message.ts';
import type { PurgePlan } from './plan.ts';
import type { Held } from './survey.ts';
import { type EditCounts, TreeEditor } from './tree-edit.ts';

/** Where state lies: a commit of ours that holds nothing else new would not have been made. */
const STATE = '.ctx/state';

/**
 * Gives every commit of the plan to `sink`, as it would be without the documents. Dates, authors, the order and the
 * changes of others stay. A commit of ours of which nothing is left is dropped, a person's is kept.
 */
export async function rewriteCommits(
  history: History,
  plan: PurgePlan,
  models: readonly SourceModel[],
  sink: HistorySink,
): Promise<EditCounts> {
  await using reader = history.reader();
  const read: ReadBlob = (oid) => reader.read(oid);
  const configured = models.map(({ source }) => source);
  const purged = plan.documents.map((key) => key.slice(0, key.indexOf('/')));
  const sources = [...new Set([...configured, ...purged])];
  const tree = new DocumentsOfTree({ models, sources, isPurged: (oid) => plan.versions.has(oid), read });
  const { versions } = plan;
  const write = (content: Buffer) => sink.blob(content);
  const editor = new TreeEditor({ tree, sources, versions, read, write });
  for await (const { commit, differences } of history.trees(plan.commits)) {
    tree.apply(differences);
    const held = plan.held.get(commit.id) ?? [];
    const before = plan.held.get(commit.parents[0] ?? '') ?? [];
    const changes = held.length === 0 ? [] : await editor.changes(held);
    const message = isSame(held, before) ? undefined : ownMessage(await reader.read(commit.id));
    await sink.commit(commit, {
      changes,
      ...(message !== undefined && {
        message: Buffer.from(withoutTitles(message, titlesOf([...held, ...before], plan))),
        dropIfOnly: STATE,
      }),
    });
  }
  return editor.counts;
}

function isSame(a: readonly Held[], b: readonly Held[]): boolean {
  return a === b || JSON.stringify([...a].sort(byPath)) === JSON.stringify([...b].sort(byPath));
}

const byPath = (a: Held, b: Held): number => (a.path < b.path ? -1 : 1);

/** The message of a commit that a build made; undefined for a person's. */
function ownMessage(object: Buffer): string | undefined {
  const message = commitText(object).message.toString('utf8');
  return isOwnMessage(message) ? message : undefined;
}

/** One title for each document and name it had before and after the commit. */
function titlesOf(held: readonly Held[], { versions }: PurgePlan): string[] {
  return [...new Set(held.flatMap(({ oid }) => versions.get(oid)?.title ?? []))];
}

function withoutTitles(message: string, titles: readonly string[]): string {
  return titles.reduce(withoutTitle, message);
}
