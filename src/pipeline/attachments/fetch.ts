import type { Connector } from '../../connectors/contract.ts';
import type { AttachmentFacts, SourceAttachment } from '../../core/document.ts';
import { type CtxError, isCtxError } from '../../core/errors/index.ts';
import { attachmentGuardPath } from '../guard-document.ts';
import { type GuardCounts, NOTHING_GUARDED } from '../redact/tally.ts';
import type { Redactor } from '../redact.ts';
import type { FileSpool } from './file-spool.ts';
import { isText, redactFile } from './guard-text.ts';
import { extensionFor, identify, isAsPromised } from './kind.ts';
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
  try {
    const fetched = await connector.download(attachment, (bytes) => files.fetch(bytes));
    const kind = identify(fetched.head);
    if (!isAsPromised(kind, attachment)) {
      await files.discard(fetched);
      return { fate: { skipped: 'wrong-type' }, counts: NOTHING_GUARDED };
    }
    const readable =
      (kind === undefined || kind.name === 'svg' || kind.name === 'html') && isText(fetched.head);
    const { file, counts } = readable
      ? await redactFile(fetched, attachmentGuardPath(connector.model.source, attachment), files, redactor)
      : { file: fetched, counts: NOTHING_GUARDED };
    const path = attachmentPath(connector.model.source, file.sha256, extensionFor(kind, attachment.name));
    await files.keep(file, path);
    return { fate: { file: path }, counts };
  } catch (error) {
    const skipped = isCtxError(error) ? reasonOf(error) : undefined;
    if (skipped === undefined) throw error;
    return { fate: { skipped }, counts: NOTHING_GUARDED };
  }
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
