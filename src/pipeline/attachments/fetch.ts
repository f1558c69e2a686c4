import type { Connector } from '../../connectors/contract.ts';
import type { AttachmentFacts, SourceAttachment } from '../../core/document.ts';
import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import type { Redactor } from '../../redact/redactor.ts';
import { type GuardCounts, NOTHING_GUARDED } from '../../redact/tally.ts';
import { attachmentGuardPath } from '../guard-document.ts';
import type { FileSpool, SpooledFile } from './file-spool.ts';
import { guardContent, MAX_SEARCHED_BYTES, type Searching, treatmentOf } from './guard-text.ts';
import { Incoming } from './incoming.ts';
import { extensionFor, type FileKind, HEAD_BYTES, identify, isAsPromised } from './kind.ts';
import { attachmentPath } from './place.ts';

/** What became of a file: it lies in the repository, or why not. Neither: it was not to be kept. */
export type Fate = Pick<AttachmentFacts, 'file' | 'skipped'>;

export interface Fetched {
  readonly fate: Fate;
  readonly counts: GuardCounts;
}

/** Fetches a file into the spool, if it is what it should be. Throws when it could not be fetched. */
export async function fetchAttachment(
  connector: Connector,
  attachment: SourceAttachment,
  files: FileSpool,
  redactor: Redactor,
): Promise<Fetched> {
  const { source } = connector.model;
  const guardPath = attachmentGuardPath(source, attachment);
  try {
    const received = await connector.download(attachment, (bytes) =>
      receive(new Incoming(bytes), attachment, guardPath, files),
    );
    if (received === undefined) return { fate: { skipped: 'wrong-type' }, counts: NOTHING_GUARDED };
    const { file, counts } =
      'file' in received
        ? { file: received.file, counts: NOTHING_GUARDED }
        : await guarded(received, guardPath, files, redactor);
    const path = attachmentPath(source, file.sha256, extensionFor(received.kind, attachment.name));
    await files.keep(file, path);
    return { fate: { file: path }, counts };
  } catch (error) {
    const skipped = isCtxError(error) ? reasonOf(error) : undefined;
    if (skipped === undefined) throw error;
    return { fate: { skipped }, counts: NOTHING_GUARDED };
  }
}

interface Unguarded {
  readonly kind: FileKind | undefined;
  readonly content: Uint8Array;
  readonly treatment: Searching;
}

type Received = Unguarded | { readonly kind: FileKind | undefined; readonly file: SpooledFile };

/** What is to be searched for secrets stays in memory. Undefined for what is not as promised. */
async function receive(
  incoming: Incoming,
  attachment: SourceAttachment,
  guardPath: string,
  files: FileSpool,
): Promise<Received | undefined> {
  const head = await incoming.first(HEAD_BYTES);
  const kind = identify(head);
  if (!isAsPromised(kind, attachment)) return undefined;
  const treatment = treatmentOf(kind, head, attachment);
  if (treatment !== 'none') {
    const content = await incoming.first(MAX_SEARCHED_BYTES + 1);
    if (content.length <= MAX_SEARCHED_BYTES) return { kind, content, treatment };
    if (treatment === 'redact') {
      const reason = `it is larger than ${MAX_SEARCHED_BYTES} bytes`;
      throw ctxError('pipeline.scan-failed', { path: guardPath, reason });
    }
  }
  return { kind, file: await files.write(incoming) };
}

async function guarded(
  { content, treatment }: Unguarded,
  guardPath: string,
  files: FileSpool,
  redactor: Redactor,
): Promise<{ readonly file: SpooledFile; readonly counts: GuardCounts }> {
  const safe = guardContent(content, treatment, guardPath, redactor);
  return { file: await files.write([safe.content]), counts: safe.counts };
}

function reasonOf(error: CtxError): AttachmentFacts['skipped'] {
  switch (error.code) {
    case 'http.too-large':
      return 'too-large';
    case 'http.not-found':
    case 'http.gone':
      return 'missing';
    case 'pipeline.scan-failed':
      return 'unscanned';
    default:
      return undefined;
  }
}
