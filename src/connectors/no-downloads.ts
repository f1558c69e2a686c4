import { ctxError } from '../core/errors/index.ts';
import type { Connector } from './contract.ts';

/** What a connector says of files that belong to documents, where no document has any. */
export function noDownloads(source: string): Pick<Connector, 'attachments' | 'download'> {
  return {
    attachments: { keep: 'none', maxBytes: 0 },
    async download({ id }) {
      const problem = 'its documents have no files of their own';
      throw ctxError('source.unexpected-answer', { source, what: `file ${id}`, problem });
    },
  };
}
