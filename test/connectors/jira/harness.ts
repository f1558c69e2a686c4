import type { JiraSource } from '../../../src/config/sources/jira.ts';
import type { Checkpoint, KnownDocuments, SourceEvent } from '../../../src/connectors/contract.ts';
import { jira } from '../../../src/connectors/jira/index.ts';
import { systemClock } from '../../../src/core/clock.ts';
import type { Facts, SourceDocument } from '../../../src/core/document.ts';
import { type Logger, silentLogger } from '../../../src/core/logger.ts';
import { disk } from '../../../src/files/disk.ts';
import { SOURCE_DEFAULTS } from '../../harness/source-defaults.ts';
import { repositories } from '../../harness/source-repositories.ts';
import type { StubIssue, StubSite } from './site.ts';

export function configFor(site: { readonly url: string }, changes: Partial<JiraSource> = {}): JiraSource {
  return {
    id: 'jira',
    type: 'jira',
    url: site.url,
    auth: { username: 'me@example.com', token: 'secret-token' },
    views: { MINE: 'project in (ACME) ORDER BY created', ALL: 'project in (ACME, OPS)' },
    ...SOURCE_DEFAULTS,
    gateway: site.url,
    ...changes,
  };
}

export interface RunResult {
  readonly events: readonly SourceEvent[];
  readonly upserts: readonly string[];
  readonly present: readonly string[];
  readonly deletes: readonly string[];
  readonly failed: readonly string[];
  readonly complete: readonly string[];
  readonly warnings: readonly string[];
}

/** A repository in memory that applies events as the contract says, its guard always open. */
export function createRepository() {
  const documents = new Map<string, SourceDocument>();
  let checkpoint: Checkpoint | undefined;

  const known: KnownDocuments = {
    get: (id) => documents.get(id)?.facts,
    values: () => [...documents.values()].map(({ facts }): Facts => facts),
    get size() {
      return documents.size;
    },
    isInRepository: (id) => documents.has(id),
    linkingTo: (id) => linkingTo(documents, id),
  };

  return {
    documents,
    get checkpoint() {
      return checkpoint;
    },
    async run(config: JiraSource, full = false): Promise<RunResult> {
      const warnings: string[] = [];
      const log: Logger = { ...silentLogger, warn: (message) => warnings.push(message) };
      const { signal } = new AbortController();
      const connector = await jira.open(config, {
        log,
        signal,
        clock: systemClock,
        files: disk,
        repositories,
      });
      const events: SourceEvent[] = [];
      try {
        for await (const event of connector.changes({ checkpoint, known, full, signal })) events.push(event);
      } finally {
        await connector.close();
      }
      const of = (type: SourceEvent['type']) =>
        events.flatMap((event) => {
          if (event.type !== type) return [];
          if (event.type === 'upsert') return [event.document.facts.id];
          if (event.type === 'delete') return [`${event.id} ${event.reason}`];
          if (event.type === 'failed') return [`${event.id ?? event.scope} ${event.error.code}`];
          if (event.type === 'complete') return [event.scope];
          return event.type === 'present' ? [event.id] : [];
        });
      const named = new Set(
        events.flatMap((event) => ('id' in event && event.id !== undefined ? [event.id] : [])),
      );
      for (const event of events) {
        if (event.type === 'upsert') {
          documents.set(event.document.facts.id, event.document);
          named.add(event.document.facts.id);
        } else if (event.type === 'delete') documents.delete(event.id);
        else if (event.type === 'checkpoint') checkpoint = event.value;
      }
      const complete = of('complete');
      for (const [id, { facts }] of documents) {
        if (!named.has(id) && connector.model.scopes(facts).every((scope) => complete.includes(scope)))
          documents.delete(id);
      }
      return {
        events,
        upserts: of('upsert').sort(),
        present: of('present').sort(),
        deletes: of('delete').sort(),
        failed: of('failed').sort(),
        complete,
        warnings,
      };
    },
  };
}

/** As the pipeline does it: by the names that the links in the texts call. */
function linkingTo(documents: ReadonlyMap<string, SourceDocument>, id: string): string[] {
  const model = jira.model('jira');
  const target = documents.get(id);
  const names = new Set(target && model.names(target.facts));
  const calls = (node: object): boolean => {
    if (
      'url' in node &&
      typeof node.url === 'string' &&
      names.has(model.resolve(new URL(node.url))?.name ?? '')
    )
      return true;
    return 'children' in node && Array.isArray(node.children) && node.children.some(calls);
  };
  return [...documents.values()].filter(({ body }) => calls(body)).map(({ facts }) => facts.id);
}

let clock = Date.parse('2026-03-01T09:00:00.000Z');

/** Adds an issue that was changed an hour after the one before it. */
export function addIssue(
  site: StubSite,
  id: string,
  key: string,
  fields: Record<string, unknown> = {},
): StubIssue {
  const issue: StubIssue = {
    id,
    key,
    project: key.replace(/-\d+$/, ''),
    updated: nextHour(),
    fields,
    comments: [],
    histories: [],
  };
  site.issues.set(id, issue);
  return issue;
}

export function edit(issue: StubIssue, fields: Record<string, unknown>): void {
  Object.assign(issue.fields, fields);
  issue.updated = nextHour();
}

function nextHour(): string {
  clock += 3_600_000;
  return new Date(clock).toISOString();
}

/** Requests for texts of issues. */
export function bodyRequests(site: StubSite) {
  return site.calls.filter(
    ({ path, body }) =>
      /\/issue\/\d+/.test(path) ||
      (path.endsWith('/bulkfetch') && !(body.fields as string[] | undefined)?.includes('key')),
  );
}
