import type { Revision, SourceModel } from '../connectors/contract.ts';
import type { AttachmentFacts, Facts, SourceAttachment, SourceDocument, Warning } from '../core/document.ts';
import type { Plain } from '../core/plain.ts';
import { describe } from '../frontmatter/describe.ts';
import { stripTree } from '../markdown/invisible.ts';
import { settledTree } from '../markdown/live.ts';
import { writeMarkdown } from '../markdown/write.ts';
import type { Guarded, Unguarded } from '../redact/redactor.ts';
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
  readonly revision: Revision | undefined;
}

/** A document, rendered and still to be guarded. */
export interface Draft extends Unguarded {
  /** How much there is to look through, about. */
  readonly characters: number;
  readonly made: (guarded: Guarded<Plain>) => GuardedDocument;
}

/** `revision` is what led to the document as it is. */
export function draftDocument(document: SourceDocument, model: SourceModel, revision?: Revision): Draft {
  const attachments = document.attachments.toSorted(byName);
  // Identity, dates and addresses are the source's own and stay; all that people wrote is looked through.
  const { id, source, type, key, parent, url, created, updated, ...written } = document.facts;
  const { tree, removed } = stripTree(document.body);
  const value = {
    written: written as unknown as Plain,
    names: attachments.map(({ name }) => name),
    text: writeMarkdown(tree),
    description: describe(settledTree(tree)) ?? null,
    warnings: document.warnings as unknown as readonly Plain[],
    revision: { name: revision?.author?.name ?? '', message: revision?.message ?? '' },
  };
  return {
    path: guardPath(document.facts, model),
    value,
    characters: value.text.length,
    made(guarded) {
      const { value: safe, counts } = guarded as Guarded<typeof value>;
      const facts = safe.written as unknown as typeof written;
      return {
        facts: {
          ...facts,
          ...defined({ key, parent, created, updated }),
          attachments: attachments.map((attachment, index) => factsOf(attachment, safe.names[index] ?? '')),
          // Nothing may be left of a title, and a document needs one.
          title: facts.title || id,
          ...{ id, source, type, url },
        },
        description: safe.description ?? undefined,
        text: safe.text,
        attachments,
        warnings: safe.warnings as unknown as readonly Warning[],
        counts: { ...counts, invisible: counts.invisible + removed },
        revision: revision && revisionOf(revision, safe.revision),
      };
    },
  };
}

function revisionOf(
  { author, message, ...revision }: Revision,
  safe: { readonly name: string; readonly message: string },
): Revision {
  return {
    ...revision,
    ...(author && { author: { id: author.id, name: safe.name } }),
    ...(message !== undefined && { message: safe.message }),
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
