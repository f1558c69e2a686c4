import type { Facts } from '../../core/document.ts';
import { ctxError, isCtxError } from '../../core/errors/index.ts';
import { attempt } from '../attempt.ts';
import type { SourceEvent } from '../contract.ts';
import { failed } from './details.ts';
import { TYPES } from './model.ts';
import type { Run } from './run.ts';

/**
 * What became of an issue or a pull request that its repository, which answers, does not list any more: GitHub is asked for its
 * number. It says of deleted ones that they are not there, and leads from transferred ones to what they are now.
 */
export async function askAboutItem(run: Run, repository: string, facts: Facts): Promise<SourceEvent> {
  const { config, named } = run;
  const { id } = facts;
  named.add(id);
  const now = await idNow(run, repository, facts);
  if (isCtxError(now)) return { type: 'failed', id, error: failed(config.id, id, now) };
  if (now === undefined) return { type: 'delete', id, reason: 'purged' };
  if (now !== id) return { type: 'delete', id, reason: 'moved-out' };
  return { type: 'failed', id, error: unlisted(config.id, id) };
}

/** The id of what has the document's number now; undefined for none. */
export function idNow({ client }: Run, repository: string, { type, fields }: Facts) {
  const kind = type === TYPES.pulls ? 'pulls' : 'issues';
  return attempt(() => client.idOf(repository, kind, Number(fields?.number)));
}

export function unlisted(source: string, id: string) {
  const reason = 'its repository did not list it, but it is there';
  return ctxError('source.document-failed', { source, id, reason });
}
