import { ok } from '../answer.ts';
import { sliceByOffset } from '../paging.ts';
import type { Handler, RouteEntry } from '../router.ts';
import { STATUSES } from '../workspace/jira-scheme.ts';
import { describeField, FIELDS } from './fields.ts';
import { issueRoutes } from './issues.ts';
import { searchRoutes } from './search.ts';
import { showProject, showStatus, showUser } from './views.ts';

const myself: Handler = ({ workspace }) =>
  ok({ ...showUser(workspace, workspace.accountId), locale: 'en_US', expand: 'groups,applicationRoles' });

const fields: Handler = () => ok(FIELDS.map(describeField));

const serverInfo: Handler = ({ workspace }) =>
  ok({
    baseUrl: '@@SITE@@',
    version: '1001.0.0-SNAPSHOT',
    versionNumbers: [1001, 0, 0],
    deploymentType: 'Cloud',
    buildNumber: 100_290,
    buildDate: '2026-02-27T00:00:00.000+0000',
    serverTime: new Date(workspace.now).toISOString().replace('Z', '+0000'),
    serverTimeZone: 'Etc/UTC',
    scmInfo: '0000000000000000000000000000000000000000',
    serverTitle: workspace.company,
  });

const statuses: Handler = () => ok(STATUSES.map(({ name }) => showStatus(name)));

const usersBulk: Handler = (call) => {
  const ids = call.query.getAll('accountId');
  const people = ids.filter((id) => call.workspace.people.has(id));
  const { items, startAt, maxResults } = sliceByOffset(call, people, 10, 200);
  return ok({
    self: `@@SITE@@${call.path}`,
    maxResults,
    startAt,
    total: people.length,
    isLast: startAt + items.length >= people.length,
    values: items.map((id) => showUser(call.workspace, id)),
  });
};

const projects: Handler = (call) => {
  const keys = call.query.getAll('keys').flatMap((value) => value.split(','));
  const all = [...call.workspace.projects.values()];
  const found = keys.length === 0 ? all : all.filter((project) => keys.includes(project.key));
  const { items, startAt, maxResults } = sliceByOffset(call, found, 50, 100);
  return ok({
    self: `@@SITE@@${call.path}`,
    maxResults,
    startAt,
    total: found.length,
    isLast: startAt + items.length >= found.length,
    values: items.map(showProject),
  });
};

export const jiraRoutes: readonly RouteEntry[] = [
  ['GET /rest/api/3/myself', myself],
  ['GET /rest/api/3/field', fields],
  ['GET /rest/api/3/serverInfo', serverInfo],
  ['GET /rest/api/3/status', statuses],
  ['GET /rest/api/3/user/bulk', usersBulk],
  ['GET /rest/api/3/project/search', projects],
  ...searchRoutes,
  ...issueRoutes,
];
