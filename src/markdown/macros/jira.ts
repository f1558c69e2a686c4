import { link, type Mixed, text } from '../nodes.ts';
import { issueUrl } from '../urls.ts';
import { example } from './example.ts';
import { live } from './live.ts';
import { firstParameter, type MacroCall, type MacroDefinition } from './macro.ts';

/** One issue is a link; a query's result lives in Jira. */
export const jiraMacro: MacroDefinition = {
  names: ['jira', 'jiraissues'],
  example: example('jira', { key: 'ACME-1' }),
  render: issueOrQuery,
};

function issueOrQuery(call: MacroCall): Mixed {
  const key = firstParameter(call, 'key', 'issueKey');
  if (key) return [link(issueUrl(call.reader.context, key), [text(key)])];
  const query = firstParameter(call, 'jqlQuery', 'jql', 'url', '');
  return live(call, query === undefined ? 'Jira issues' : `Jira issues: ${query}`);
}
