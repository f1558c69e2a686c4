import { z } from 'zod';
import type { AttachmentFacts, Facts } from '../../core/document.ts';
import type { Plain } from '../../core/plain.ts';
import type { PageReference } from '../../markdown/index.ts';
import { attachmentsDiffer, lacksAttachments } from '../attachments.ts';
import type { AttachmentIndex, AttachmentRecord } from './attachments.ts';
import { calledOtherwise } from './names.ts';
import type { OpenDocuments } from './open-documents.ts';

const page = z.union([
  z.object({ id: z.string() }),
  z.object({ space: z.string().optional(), title: z.string(), day: z.string().optional() }),
]) as z.ZodType<PageReference>;

/** A page that a text shows by itself, at the version it was shown in, or one that it names and that was not there. */
export type Inclusion = { readonly id: string; readonly version: number } | PageReference;
const inclusions = z.array(z.union([z.object({ id: z.string(), version: z.number() }), page])).default([]);

/** A file of another page that a text names and that was not there. */
export interface MissingFile {
  readonly page: PageReference;
  readonly name?: string;
  readonly media?: string;
}
const missingFile = z.object({ page, name: z.string().optional(), media: z.string().optional() });
const missingFiles = z.array(missingFile).default([]);

/** A file of another page that a text shows. */
export type ForeignFile = { readonly id: string; readonly page: string };
const foreignFiles = z.array(z.object({ id: z.string(), page: z.string() })).default([]);

/** What a document's text took from outside its own body, and what it did not find there. */
export interface Dependencies {
  readonly includes: readonly Inclusion[];
  readonly foreignFiles: readonly ForeignFile[];
  readonly missingFiles: readonly MissingFile[];
}

/** The dependencies in a document's frontmatter; what a run compares to know whether they changed. */
export function dependencyFields(dependencies: Dependencies): Record<string, Plain> {
  const { includes, foreignFiles: foreign, missingFiles: missing } = dependencies;
  return {
    ...(foreign.length > 0 && { foreign_attachments: foreign }),
    ...(missing.length > 0 && { missing_attachments: missing as unknown as Plain }),
    ...(includes.length > 0 && { includes: includes as unknown as Plain }),
  };
}

export interface Surroundings {
  readonly open: OpenDocuments;
  readonly attachments: AttachmentIndex;
  /** The facts that the repository has of a document. */
  readonly known: (id: string) => Facts | undefined;
}

/**
 * Whether a page that the document includes has changed, was renamed, went or came. One that a failed listing hides
 * counts as it was; what was written otherwise than here is written again.
 */
export function includesDiffer({ space = '', fields }: Facts, { open, known }: Surroundings): boolean {
  const { data: includes } = inclusions.safeParse(fields?.includes);
  if (includes === undefined) return true;
  return includes.some((inclusion) => {
    if (!('version' in inclusion)) return open.find(inclusion, space) !== undefined;
    const { id, version } = inclusion;
    const now = open.get(id);
    if (now === undefined) return !open.isUncertain(id);
    const before = known(id);
    return now.version !== version || (before !== undefined && calledOtherwise(before, now));
  });
}

/**
 * Whether a file of the document, or one that its text names, has another version or name, went or came, or is to be
 * fetched again.
 */
export function filesDiffer(facts: Facts, { open, attachments }: Surroundings): boolean {
  if (!attachments.complete) return lacksAttachments(facts);
  const { id, space = '', fields } = facts;
  const { data: foreign } = foreignFiles.safeParse(fields?.foreign_attachments);
  const { data: missing } = missingFiles.safeParse(fields?.missing_attachments);
  if (foreign === undefined || missing === undefined) return true;
  const shown = new Map(facts.attachments?.map((file) => [file.id, file]));
  const others = foreign.flatMap(({ id: file, page: container }): (AttachmentRecord | AttachmentFacts)[] => {
    const now = attachments.get(file);
    if (now?.container === container && open.get(container)) return [now];
    const before = shown.get(file);
    return before && open.isUncertain(container) ? [before] : [];
  });
  if (attachmentsDiffer(facts, [...attachments.of(id), ...others])) return true;
  return missing.some(({ name, media, page: owner }) => {
    const container = open.find(owner, space)?.id;
    const reference = { ...(name !== undefined && { name }), ...(media !== undefined && { mediaId: media }) };
    return container !== undefined && attachments.find(container, reference) !== undefined;
  });
}
