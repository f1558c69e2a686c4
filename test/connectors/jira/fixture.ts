import type { JiraSource } from '../../../src/config/sources/jira.ts';
import { jira } from '../../../src/connectors/jira/index.ts';
import * as edits from '../../../src/demo/workspace/edits.ts';
import type { ConnectorFixture } from '../../contract/source-context.ts';
import { type AtlassianActs, startAtlassian } from '../../harness/atlassian-source.ts';
import { SOURCE_DEFAULTS } from '../../harness/source-defaults.ts';

const acts: AtlassianActs<JiraSource> = {
  config: ({ url, credentials }) => ({
    id: 'jira',
    type: 'jira',
    url,
    auth: credentials,
    views: {
      ASSIGNED: 'assignee = currentUser() AND resolution = Unresolved',
      PROJECT: 'project in (SHOP, OPS)',
    },
    ...SOURCE_DEFAULTS,
    gateway: url,
  }),
  edit(workspace) {
    edits.editIssue(workspace, 'OPS-2', { labels: ['tidy'] });
    return edits.issueOf(workspace, 'OPS-2').id;
  },
  rename(workspace) {
    edits.editIssue(workspace, 'SHOP-1', { summary: 'Mend the basket' });
    return edits.issueOf(workspace, 'SHOP-1').id;
  },
  remove(workspace) {
    const { id } = edits.issueOf(workspace, 'SHOP-2');
    edits.deleteIssue(workspace, 'SHOP-2');
    return id;
  },
};

export const jiraFixture: ConnectorFixture = {
  type: 'jira',
  definition: jira,
  start: (options) => startAtlassian('jira', jira, acts, options),
  listings: { views: /\/search\/jql/ },
  mainListing: 'views',
  bodies: /\/issue\/(bulkfetch|\d+)/,
};
