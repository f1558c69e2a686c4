import type { Facts } from '../../core/document.ts';
import { ctxError, isCtxError } from '../../core/errors/index.ts';
import { attempt } from '../attempt.ts';
import type { SourceEvent } from '../contract.ts';
import { failed } from './details.ts';
import type { Run } from './run.ts';

/**
 * What became of an issue or a pull request that its repository, which answers, does not list any more: GitHub is asked for its
 * number. It says of deleted ones that they are not there, and leads from transferred ones to what they are now.
 */
export async function askAboutItem(
  run: Run,
  repository: string,
  { id, fields }: Facts,
): Promise<SourceEvent> {
  const { client, config } = run;
  const answer = await attempt(() => client.issue(repository, Number(fields?.number)));
  run.named.add(id);
  if (isCtxError(answer)) return { type: 'failed', id, error: failed(config.id, id, answer) };
  if (answer === undefined) return { type: 'delete', id, reason: 'purged' };
  if (answer.node_id !== id) return { type: 'delete', id, reason: 'moved-out' };
  return { type: 'failed', id, error: unlisted(config.id, id) };
}

export function unlisted(source: string, id: string) {
  const reason = 'its repository did not list it, but it is there';
  return ctxError('source.document-failed', { source, id, reason });
}
