import { link, type Mixed, text } from '../nodes.ts';
import { issueUrl } from '../urls.ts';
import type { MacroCall, MacroDefinition } from './macro.ts';
import { marker } from './marker.ts';

/** One issue is a link; a query's result lives in Jira, so the query is named. */
export const jiraMacro: MacroDefinition = {
  names: ['jira'],
  example:
    '<ac:structured-macro ac:name="jira"><ac:parameter ac:name="key">ACME-1</ac:parameter></ac:structured-macro>',
  render: issueOrQuery,
};

function issueOrQuery({ parameter, reader }: MacroCall): Mixed {
  const key = parameter('key')?.trim();
  if (key) return [link(issueUrl(reader.context, key), [text(key)])];
  const query = (parameter('jqlQuery') ?? parameter('jql') ?? parameter('url') ?? '').trim();
  reader.lose('macro:jira', query ? 'query' : undefined);
  return [marker(query ? `Jira issues: ${query}` : 'Jira issues')];
}
