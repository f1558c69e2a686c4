import type { AttachmentFacts } from '../../core/document.ts';
import { type CtxError, isCtxError } from '../../core/errors/index.ts';
import { percentDecode } from '../../core/percent-decode.ts';
import type { AttachmentReference } from '../../markdown/index.ts';
import { attempt } from '../attempt.ts';
import type { KnownDocuments } from '../contract.ts';
import type { ConfluenceClient } from './client.ts';
import type { ConfluenceRunOptions } from './run.ts';
import type { Attachment } from './schema.ts';

/** A file as the site's listing tells of it. */
export interface AttachmentRecord {
  readonly id: string;
  readonly name: string;
  readonly version: number | string;
  readonly type?: string;
  /** In bytes. */
  readonly size?: number;
  /** Its name in media nodes. */
  readonly fileId?: string;
  /** The id of the page or blog post that it is attached to. */
  readonly container: string;
}

/** The files of documents. */
export interface AttachmentIndex {
  /** Whether a file that it does not name does not exist. */
  readonly complete: boolean;
  get(id: string): AttachmentRecord | undefined;
  /** In the order of their names. */
  of(container: string): readonly AttachmentRecord[];
  find(container: string, reference: AttachmentReference): AttachmentRecord | undefined;
}

/** Of a site that does not tell, or that was not asked. */
const NO_ATTACHMENTS: AttachmentIndex = index(new Map(), false);

/** What the run knows of attachments; `failure` is set when it had to be content with what the repository knows. */
export interface AttachmentReading {
  readonly attachments: AttachmentIndex;
  readonly failure: CtxError | undefined;
}

/** Asks for the files of the documents that `isWanted`, unless the configuration wants none. */
export async function readAttachments(
  { client, config, known, log }: ConfluenceRunOptions,
  isWanted: (container: string) => boolean,
): Promise<AttachmentReading> {
  if (config.attachments === 'none') return { attachments: NO_ATTACHMENTS, failure: undefined };
  const attachments = await attempt(() => listAttachments(client, known, isWanted));
  if (!isCtxError(attachments)) return { attachments, failure: undefined };
  const isLacking = attachments.is('http.not-found') || attachments.is('http.gone');
  // A site that listed files before does not lack the listing: it failed.
  if (isLacking && ![...known.values()].some((facts) => facts.attachments !== undefined)) {
    log.info(`${config.id}: the site does not list attachments; links to them stay as they are`);
    return { attachments: NO_ATTACHMENTS, failure: undefined };
  }
  return { attachments: attachmentsAsKnown(known), failure: attachments };
}

/**
 * The files of the documents that `isWanted`, from the site's listing of all files. One that the repository knows and the
 * listing left out is asked for by itself: a listing that lost some removes nothing.
 */
async function listAttachments(
  client: ConfluenceClient,
  known: KnownDocuments,
  isWanted: (container: string) => boolean,
): Promise<AttachmentIndex> {
  const files = new Map<string, AttachmentRecord[]>();
  const silent = new Set<string>();
  for (const { id, attachments = [] } of known.values())
    if (isWanted(id)) for (const file of attachments) silent.add(file.id);

  const note = ({ id, title, version, mediaType, fileSize, fileId, ...of }: Attachment) => {
    silent.delete(id);
    const container = of.pageId ?? of.blogPostId;
    if (container === undefined || !isWanted(container)) return;
    const record: AttachmentRecord = {
      id,
      name: title,
      version: version.number,
      ...(mediaType !== undefined && { type: mediaType }),
      ...(fileSize !== undefined && { size: fileSize }),
      ...(fileId !== undefined && { fileId }),
      container,
    };
    const beside = files.get(container);
    if (beside) beside.push(record);
    else files.set(container, [record]);
  };
  for await (const attachment of client.allAttachments()) note(attachment);
  for await (const attachment of client.attachments(silent)) note(attachment);
  return index(files, true);
}

/** The files as the repository's documents name them, for a run in which the site did not tell. */
function attachmentsAsKnown(known: KnownDocuments): AttachmentIndex {
  const files = new Map<string, AttachmentRecord[]>();
  for (const { id: container, attachments = [] } of known.values()) {
    const records = attachments.map((facts): AttachmentRecord => ({ ...attachmentFacts(facts), container }));
    if (records.length > 0) files.set(container, records);
  }
  return index(files, false);
}

function index(files: ReadonlyMap<string, AttachmentRecord[]>, complete: boolean): AttachmentIndex {
  const byId = new Map<string, AttachmentRecord>();
  for (const records of files.values()) {
    records.sort(byName);
    for (const record of records) byId.set(record.id, record);
  }
  return {
    complete,
    get: (id) => byId.get(id),
    of: (container) => files.get(container) ?? [],
    find(container, { name, mediaId, alt }) {
      const records = files.get(container) ?? [];
      if (name !== undefined) return records.find(isCalled(name));
      return (
        (mediaId !== undefined ? records.find(({ fileId }) => fileId === mediaId) : undefined) ??
        (alt !== undefined ? records.find(isCalled(alt)) : undefined)
      );
    },
  };
}

/** Systems differ in how they compose letters: a name may be stored in one form and referred to in another. */
function isCalled(name: string): (record: AttachmentRecord) => boolean {
  return (record) => record.name.normalize() === name.normalize();
}

function byName(a: AttachmentRecord, b: AttachmentRecord): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** The address of a file by its name, which outlives its versions. */
export function downloadUrl(siteUrl: string, container: string, name: string): string {
  return `${siteUrl}/wiki/download/attachments/${container}/${encodeURIComponent(name.toWellFormed())}`;
}

/** The name in the address of a file; undefined in other addresses. Not from a parsed URL: a file may be called `..`. */
export function fileNameIn(href: string): string | undefined {
  const [, name] =
    /\/download\/(?:attachments|thumbnails|embedded-page\/[^/]+)\/\d+\/([^?#]*)/.exec(href) ?? [];
  return name === undefined ? undefined : percentDecode(name);
}

/** What the frontmatter has of a file before its content is fetched. */
export function attachmentFacts({
  id,
  name,
  version,
  type,
  size,
}: AttachmentFacts | AttachmentRecord): AttachmentFacts {
  return { id, name, version, ...(type !== undefined && { type }), ...(size !== undefined && { size }) };
}
