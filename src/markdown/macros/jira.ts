import { link, type Mixed, text } from '../nodes.ts';
import { issueUrl } from '../urls.ts';
import type { Macro } from './macro.ts';
import { marker } from './marker.ts';

/** `jira`: one issue is a link; a query's result lives in Jira, so the query is named. */
export const jiraMacro: Macro = ({ parameter, reader }): Mixed => {
  const key = parameter('key')?.trim();
  if (key) return [link(issueUrl(reader.context, key), [text(key)])];
  const query = (parameter('jqlQuery') ?? parameter('jql') ?? parameter('url') ?? '').trim();
  reader.warn('macro:jira', query ? 'query' : undefined);
  return [marker(query ? `Jira issues: ${query}` : 'Jira issues')];
};
