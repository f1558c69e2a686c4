import type { SourceModel } from '../connectors/contract.ts';
import type { AttachmentFacts, Facts, SourceAttachment, SourceDocument, Warning } from '../core/document.ts';
import type { Plain } from '../core/plain.ts';
import { describe } from '../frontmatter/describe.ts';
import { stripTree } from '../markdown/invisible.ts';
import { settledTree } from '../markdown/live.ts';
import { writeMarkdown } from '../markdown/write.ts';
import type { Redactor } from '../redact/redactor.ts';
import type { GuardCounts } from '../redact/tally.ts';

/** All of a document that may be written, without secrets and invisible characters. */
export interface GuardedDocument {
  readonly facts: Facts;
  readonly description: string | undefined;
  /** Marked markdown. */
  readonly text: string;
  /** As `facts.attachments` lists them. */
  readonly attachments: readonly SourceAttachment[];
  /** They quote the document, and are printed. */
  readonly warnings: readonly Warning[];
  /** Of the document as a whole: a secret in its title and its text counts once. */
  readonly counts: GuardCounts;
}

/** Throws `pipeline.scan-failed`: the document must then not be written. */
export function guardDocument(
  document: SourceDocument,
  model: SourceModel,
  redactor: Redactor,
): GuardedDocument {
  const attachments = document.attachments.toSorted(byName);
  // Identity, dates and addresses are the source's own and stay; all that people wrote is looked through.
  const { id, source, type, key, parent, url, created, updated, ...written } = document.facts;
  const { tree, removed } = stripTree(document.body);
  const { value, counts } = redactor.guard(
    {
      written: written as unknown as Plain,
      names: attachments.map(({ name }) => name),
      text: writeMarkdown(tree),
      description: describe(settledTree(tree)) ?? null,
      warnings: document.warnings as unknown as readonly Plain[],
    },
    guardPath(document.facts, model),
  );
  const safe = value.written as unknown as typeof written;
  return {
    facts: {
      ...safe,
      ...defined({ key, parent, created, updated }),
      attachments: attachments.map((attachment, index) => factsOf(attachment, value.names[index] ?? '')),
      // Nothing may be left of a title, and a document needs one.
      title: safe.title || id,
      ...{ id, source, type, url },
    },
    description: value.description ?? undefined,
    text: value.text,
    attachments,
    warnings: value.warnings as unknown as readonly Warning[],
    counts: { ...counts, invisible: counts.invisible + removed },
  };
}

/**
 * How the allow-list and errors call a document: the folders in which it is laid out, and its key or id. Known before
 * layout, which needs guarded titles, and a function of the document alone.
 */
export function guardPath(facts: Facts, model: SourceModel): string {
  return [model.source, ...model.placement(facts).folder, facts.key ?? facts.id].join('/');
}

/** The same for an attachment, which several documents may show. */
export function attachmentGuardPath(source: string, { id }: Pick<AttachmentFacts, 'id'>): string {
  return `attachments/${source}/${id}`;
}

function byName(a: SourceAttachment, b: SourceAttachment): number {
  return a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1;
}

function factsOf({ id, version, type, size }: SourceAttachment, name: string): AttachmentFacts {
  return { id, name, version, ...defined({ type, size }) };
}

function defined<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
