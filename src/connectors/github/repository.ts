import type { GithubKind } from '../../config/sources/github.ts';
import type { Facts } from '../../core/document.ts';
import { isCtxError } from '../../core/errors/index.ts';
import type { SourceEvent } from '../contract.ts';
import type { PendingKind } from './checkpoint.ts';
import { findDiscussions } from './discussions.ts';
import { askAboutItem, unlisted } from './gone.ts';
import { findItems, type ItemsReading } from './items.ts';
import type { Overview } from './listing-schema.ts';
import { kindOf, kindScope, readmeId } from './model.ts';
import { formerNamesIn } from './names.ts';
import { compareOpenPulls, type Reading, readPending } from './read.ts';
import { renderReadme } from './readme.ts';
import { findReleases } from './releases.ts';
import { isExcluded, type Progress, type Run } from './run.ts';

/** All that a run reads of one repository. What of it fails keeps what the repository has of that kind. */
export async function* readRepository(
  run: Run,
  overview: Overview,
  documents: readonly Facts[],
): AsyncGenerator<SourceEvent> {
  const { config, progress: all, options } = run;
  const progress = all.get(overview.id) ?? { pending: new Map() };
  all.set(overview.id, progress);
  const isFormer = await formerNamesIn(run, overview);
  const isOutdated = (facts: Facts) =>
    facts.fields?.repository !== overview.nameWithOwner ||
    facts.fields?.only_in_views === true ||
    run.views.of(facts.id).join() !== (facts.views ?? []).join() ||
    options.again?.includes(facts.id) === true ||
    run.hasOldNames(facts) ||
    isFormer(facts);
  const work: Work = { run, overview, progress, isOutdated, documents };
  for (const [id, kind] of progress.pending)
    if (!config.include.includes(kind) || isExcluded(config, id, options.known.get(id)?.key))
      progress.pending.delete(id);
  const reads = (...kinds: GithubKind[]) => kinds.some((kind) => config.include.includes(kind));
  if (reads('pulls', 'issues')) yield* part(work, ['pulls', 'issues'], () => readItems(work));
  if (reads('discussions')) yield* part(work, ['discussions'], () => readDiscussions(work));
  if (reads('releases')) yield* part(work, ['releases'], () => readReleases(work));
  if (reads('readme')) yield* part(work, ['readme'], () => readReadme(work));
}

interface Work {
  readonly run: Run;
  readonly overview: Overview;
  readonly progress: Progress;
  readonly isOutdated: (facts: Facts) => boolean;
  readonly documents: readonly Facts[];
}

/** The events of some kinds. What is known of them and was not named is there, if their reading came to its end. */
async function* part(
  work: Work,
  kinds: readonly GithubKind[],
  read: () => AsyncGenerator<SourceEvent>,
): AsyncGenerator<SourceEvent> {
  const { run, overview } = work;
  const own = kinds.filter((kind) => run.config.include.includes(kind));
  try {
    yield* read();
  } catch (error) {
    if (!isCtxError(error) || error.kind === 'credentials') throw error;
    for (const kind of own) yield { type: 'failed', scope: kindScope(overview.id, kind), error };
    return;
  }
  for (const { id } of knownOf(work, own).values())
    if (!run.named.has(id)) run.unchanged.set(id, overview.id);
}

function knownOf({ run, documents }: Work, kinds: readonly GithubKind[]): Map<string, Facts> {
  const own = documents.filter((facts) => {
    const kind = kindOf(facts);
    return kind !== undefined && kinds.includes(kind) && !isExcluded(run.config, facts.id, facts.key);
  });
  return new Map(own.map((facts) => [facts.id, facts]));
}

function itemsReading(work: Work, kinds: readonly GithubKind[]): ItemsReading {
  const { run, overview, progress, isOutdated } = work;
  const own = kinds.filter((kind) => run.config.include.includes(kind));
  return { run, overview, progress, isOutdated, kinds: own, known: knownOf(work, own) };
}

async function* readItems(work: Work): AsyncGenerator<SourceEvent> {
  const { run, overview } = work;
  // Where issues are switched off they are hidden, and not gone.
  const items = itemsReading(work, overview.hasIssuesEnabled ? ['pulls', 'issues'] : ['pulls']);
  yield* await findItems(items);
  const reading = readingOf(work, async (id) => {
    const facts = items.known.get(id);
    return facts && askAboutItem(run, overview.nameWithOwner, facts);
  });
  yield* await compareOpenPulls(reading, items.known.values());
  for (const kind of items.kinds)
    if (kind === 'pulls' || kind === 'issues') yield* readPending(reading, kind);
}

async function* readDiscussions(work: Work): AsyncGenerator<SourceEvent> {
  // Where they are switched off they are hidden, and not gone.
  if (!work.overview.hasDiscussionsEnabled) return;
  const reading = itemsReading(work, ['discussions']);
  yield* readListed(work, 'discussions', reading.known, await findDiscussions(reading));
}

async function* readReleases(work: Work): AsyncGenerator<SourceEvent> {
  const reading = itemsReading(work, ['releases']);
  yield* readListed(work, 'releases', reading.known, await findReleases(reading));
}

/** Reads what is pending, and what is not listed any more: an answer tells whether it is gone. */
async function* readListed(
  work: Work,
  kind: Exclude<PendingKind, 'pulls' | 'issues'>,
  known: ReadonlyMap<string, Facts>,
  missing: readonly Facts[],
): AsyncGenerator<SourceEvent> {
  const { run, progress } = work;
  const lost = new Set(missing.map(({ id }) => id));
  for (const id of lost) progress.pending.set(id, kind);
  const reading = readingOf(work, async (id) => {
    if (!known.has(id)) return undefined;
    run.named.add(id);
    return { type: 'delete', id, reason: 'purged' };
  });
  for await (const event of readPending(reading, kind)) {
    if (event.type === 'upsert' && lost.has(event.document.facts.id)) {
      const { id } = event.document.facts;
      yield { type: 'failed', id, error: unlisted(run.config.id, id) };
    } else yield event;
  }
}

function readingOf({ run, overview, progress }: Work, onGone: Reading['onGone']): Reading {
  return { run, repositoryId: overview.id, pending: progress.pending, onGone };
}

async function* readReadme(work: Work): AsyncGenerator<SourceEvent> {
  const { run, overview, isOutdated } = work;
  const id = readmeId(overview.id);
  if (isExcluded(run.config, id, undefined)) return;
  const readme = await run.client.readme(overview.nameWithOwner);
  const facts = knownOf(work, ['readme']).get(id);
  if (readme === undefined) {
    if (!facts) return;
    run.named.add(id);
    yield { type: 'delete', id, reason: 'purged' };
    return;
  }
  const { fields } = facts ?? {};
  const isSame =
    facts !== undefined &&
    !run.options.full &&
    !isOutdated(facts) &&
    fields?.sha === readme.sha &&
    fields?.path === readme.path &&
    (fields?.about ?? '') === (overview.description ?? '');
  if (isSame) return;
  run.named.add(id);
  yield { type: 'upsert', document: renderReadme(readme, overview, run.config.id) };
}
