import type { ConfluenceSource } from '../../../src/config/sources/confluence.ts';
import { confluence } from '../../../src/connectors/confluence/index.ts';
import * as edits from '../../../src/demo/workspace/edits.ts';
import type { ConnectorFixture } from '../../contract/source-context.ts';
import { type AtlassianActs, startAtlassian } from '../../harness/atlassian-source.ts';
import { SOURCE_DEFAULTS } from '../../harness/source-defaults.ts';

const acts: AtlassianActs<ConfluenceSource> = {
  config: ({ url, credentials }) => ({
    id: 'confluence',
    type: 'confluence',
    url,
    auth: credentials,
    spaces: 'all',
    ...SOURCE_DEFAULTS,
    gateway: url,
  }),
  edit(workspace) {
    const id = edits.pageIdByTitle(workspace, 'ENG', 'Guide');
    edits.editPage(workspace, id, { body: '<p>How we work today.</p>' });
    return id;
  },
  rename(workspace) {
    const id = edits.pageIdByTitle(workspace, 'OPS', 'Runbook');
    edits.retitlePage(workspace, id, 'Book of alarms');
    return id;
  },
  remove(workspace) {
    const id = edits.pageIdByTitle(workspace, 'ENG', 'Use Postgres');
    edits.trashPage(workspace, id);
    edits.purgePage(workspace, id, { forget: true });
    return id;
  },
};

export const confluenceFixture: ConnectorFixture = {
  type: 'confluence',
  definition: confluence,
  start: (options) => startAtlassian('confluence', confluence, acts, options),
  listings: {
    spaces: /\/api\/v2\/spaces\?/,
    pages: /\/spaces\/\d+\/pages\?/,
    'blog posts': /\/spaces\/\d+\/blogposts\?/,
    'labels and restrictions': /\/rest\/api\/content\/search\?/,
    attachments: /\/api\/v2\/attachments\?/,
    comments: /\/api\/v2\/(footer|inline)-comments\?/,
  },
  mainListing: 'pages',
  bodies: /body-format/,
};
