import { concurrently } from '../../core/concurrently.ts';
import type { Facts } from '../../core/document.ts';
import { type CtxError, isCtxError } from '../../core/errors/index.ts';
import type { SourceEvent } from '../contract.ts';
import type { PendingKind } from './checkpoint.ts';
import { digestOf } from './checks.ts';
import {
  completeDiscussion,
  completeIssue,
  completePull,
  completeRelease,
  completeState,
} from './complete.ts';
import { noteMentions } from './dependents.ts';
import { type Detail, failed, readDetails } from './details.ts';
import { type RenderOptions, renderDiscussion, renderIssue, renderPull, renderRelease } from './render.ts';
import type { Run } from './run.ts';
import type { Discussion, Issue, PullRequest, Release } from './schema.ts';
import type { Rendered } from './writing.ts';

/** Documents that are made whole side by side. */
const AT_ONCE = 4;

export interface Reading {
  readonly run: Run;
  /** The repository that they are of; undefined for what searches found in others. */
  readonly repositoryId: string | undefined;
  /** To be read; what has been is taken out. */
  readonly pending: Map<string, PendingKind>;
  /** What to say of one that is not there any more. */
  readonly onGone: (id: string) => Promise<SourceEvent | undefined>;
}

type Outcome =
  | { readonly id: string; readonly rendered: Rendered }
  | { readonly id: string; readonly isGone: true }
  | { readonly id: string; readonly error: CtxError };

/** Reads all that is pending of one kind, or of that what is `among` others. */
export async function* readPending(
  reading: Reading,
  kind: PendingKind,
  among?: { has(id: string): boolean },
): AsyncGenerator<SourceEvent> {
  const { run, pending, onGone } = reading;
  const ids = [...pending].flatMap(([id, own]) =>
    own === kind && !run.named.has(id) && (among?.has(id) ?? true) ? [id] : [],
  );
  const details = readDetails({ client: run.client, source: run.config.id }, kind, ids);
  const outcomes = concurrently(details as AsyncIterable<Detail<Node>>, AT_ONCE, (detail) =>
    outcomeOf(reading, detail),
  );
  for await (const outcome of outcomes) {
    run.options.signal.throwIfAborted();
    const { id } = outcome;
    if ('error' in outcome) {
      run.named.add(id);
      yield { type: 'failed', id, error: outcome.error };
    } else {
      pending.delete(id);
      if ('rendered' in outcome) {
        run.named.add(id);
        noteMentions(run, outcome.rendered);
        yield { type: 'upsert', document: outcome.rendered.document };
      } else {
        const event = await onGone(id);
        if (event) yield event;
      }
    }
  }
}

type Node = PullRequest | Issue | Discussion | Release;

async function outcomeOf({ run, repositoryId }: Reading, detail: Detail<Node>): Promise<Outcome> {
  if (!('node' in detail)) return detail;
  const { id, node } = detail;
  // A transferred issue answers by its former id for a while.
  if (repositoryId !== undefined && node.repository.id !== repositoryId) return { id, isGone: true };
  if (node.__typename === 'Release' && node.isDraft) return { id, isGone: true };
  const options: RenderOptions = {
    ...{ source: run.config.id, comments: run.config.comments },
    ...{ views: run.views.of(id), isOnlyInViews: repositoryId === undefined },
  };
  try {
    return { id, rendered: await renderedOf(run, node, options) };
  } catch (error) {
    return { id, error: failed(run.config.id, id, error) };
  }
}

async function renderedOf({ client }: Run, node: Node, options: RenderOptions): Promise<Rendered> {
  switch (node.__typename) {
    case 'PullRequest':
      return renderPull(await completePull(client, node), options);
    case 'Issue':
      return renderIssue(await completeIssue(client, node), options);
    case 'Discussion':
      return renderDiscussion(await completeDiscussion(client, node), options);
    case 'Release':
      return renderRelease(await completeRelease(client, node), options);
  }
}

/** Puts those open pull requests among what is pending that changed without a new `updatedAt`. */
export async function compareOpenPulls(
  { run, pending, onGone }: Reading,
  documents: Iterable<Facts>,
): Promise<SourceEvent[]> {
  const { client, config, named } = run;
  const open = new Map<string, Facts>();
  for (const facts of documents)
    if (
      facts.type === 'pull-request' &&
      facts.status === 'open' &&
      !pending.has(facts.id) &&
      !named.has(facts.id)
    )
      open.set(facts.id, facts);
  const events: SourceEvent[] = [];
  for await (const detail of readDetails({ client, source: config.id }, 'states', open.keys())) {
    const { id } = detail;
    if ('isGone' in detail) {
      const event = await onGone(id);
      if (event) events.push(event);
      continue;
    }
    try {
      if ('error' in detail) throw detail.error;
      const { node } = detail;
      const isSame =
        node.state === 'OPEN' &&
        node.updatedAt === open.get(id)?.updated &&
        digestOf(await completeState(client, node)) === open.get(id)?.fields?.digest;
      if (!isSame) pending.set(id, 'pulls');
    } catch (error) {
      if (!isCtxError(error)) throw error;
      named.add(id);
      pending.set(id, 'pulls');
      events.push({ type: 'failed', id, error: failed(config.id, id, error) });
    }
  }
  return events;
}
