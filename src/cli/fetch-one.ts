import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connector } from '../connectors/contract.ts';
import { systemClock } from '../core/clock.ts';
import type { CtxError } from '../core/errors/index.ts';
import type { Logger } from '../core/logger.ts';
import { lockRepo } from '../git/lock.ts';
import { openRepo } from '../git/open.ts';
import { build } from '../pipeline/build.ts';
import type { Redactor } from '../redact/redactor.ts';

export interface FetchOneOptions {
  readonly connector: Connector;
  /** Reads the one document. */
  readonly one: Pick<Connector, 'changes'>;
  readonly redactor: Redactor;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/**
 * Builds a repository of one document, aside, and answers the document as it stands there: read, redacted and guarded as any
 * other. What it links to is not beside it, so that links lead to the service; its files stay there, too.
 */
export async function fetchOne({
  connector,
  one,
  redactor,
  log,
  signal,
}: FetchOneOptions): Promise<{ readonly text: string | undefined; readonly errors: readonly CtxError[] }> {
  const path = await mkdtemp(join(tmpdir(), 'context-sync-fetch-'));
  try {
    const repo = await openRepo({ path, branch: 'main' });
    await using _lock = await lockRepo(repo.gitDir);
    const { model, fingerprint } = connector;
    const alone: Connector = {
      ...{ model, fingerprint, changes: one.changes, attachments: { keep: 'none', maxBytes: 0 } },
      download: (attachment, sink) => connector.download(attachment, sink),
      probe: () => connector.probe(),
      get requests() {
        return connector.requests;
      },
      close: () => connector.close(),
    };
    const { changes, errors } = await build({
      ...{ repo, sources: [{ model, connector: alone }], full: true, resume: false, commit: 'per-run' },
      ...{ history: {}, backfill: [], dryRun: false, confirmDeletes: [], redactor },
      author: { name: 'context-sync', email: 'context-sync@localhost' },
      ...{ clock: systemClock, log, signal },
    });
    const [document] = changes;
    return { text: document && (await readFile(join(path, document.path), 'utf8')), errors };
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}
