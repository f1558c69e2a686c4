import { createHash } from 'node:crypto';
import type { SlackSource } from '../../config/sources/slack.ts';
import { RENDERER_VERSION } from '../../markdown/version.ts';

/** Raised when the connector itself writes other text for the same answers. */
const CONNECTOR_VERSION = 3;

/** Of all that decides what becomes of the same answers: documents under another one are to be rendered anew. */
export function fingerprintOf(
  { attachments, bots, joins, threads }: SlackSource,
  /** Such as `https://acme.slack.com`. */
  site: string,
): string {
  const output = {
    ...{ RENDERER_VERSION, CONNECTOR_VERSION, site, threads: threads !== false, bots, joins },
    attachments,
  };
  return createHash('sha256').update(JSON.stringify(output)).digest('hex').slice(0, 16);
}
