import { expect, test } from 'vitest';
import { type Client, startClient } from './client.ts';
import { openApi, SPEC_FILES, specsArePresent } from './openapi.ts';

/** Skips, with the reason in the report, where the descriptions are absent. */
function withSpecs(name: string, run: () => void | Promise<void>): void {
  test(name, async ({ skip }) => {
    skip(!specsArePresent, 'the API descriptions are not in ../shared/specs');
    await run();
  });
}

const title = (client: Client, space: string, name: string): string => {
  const { workspace } = client.simulator;
  for (const content of workspace.content.values()) {
    if (content.kind === 'folder') continue;
    if (workspace.spaces.get(content.spaceId)?.key === space && content.versions.at(-1)?.title === name)
      return content.id;
  }
  throw new Error(`no page ${name}`);
};

withSpecs('R15 Confluence v2 answers fit their description', async () => {
  const client = await startClient();
  const spec = openApi(SPEC_FILES.v2);
  const page = title(client, 'ENG', 'Checkout service');
  const withFile = title(client, 'INFRA', 'Dashboards');
  const post = title(client, 'ENG', 'We deleted 11,000 lines');
  const { workspace } = client.simulator;
  const folder = [...workspace.content.values()].find((content) => content.kind === 'folder')?.id;
  const comment = (kind: string) => [...workspace.comments.values()].find((each) => each.kind === kind)?.id;
  const attachment = [...workspace.attachments.keys()][0];
  const requests: [template: string, path: string][] = [
    ['/spaces', '/spaces?keys=ENG,INFRA&description-format=plain'],
    ['/spaces/{id}', '/spaces/32769'],
    ['/spaces/{id}/pages', '/spaces/32769/pages?limit=250&status=current'],
    ['/spaces/{id}/blogposts', '/spaces/32769/blogposts?body-format=storage'],
    ['/pages', '/pages?body-format=storage&limit=100'],
    ['/pages', '/pages?body-format=atlas_doc_format&limit=10&sort=-modified-date'],
    ['/pages/{id}', `/pages/${page}?body-format=storage&include-labels=true&include-versions=true`],
    ['/pages/{id}', `/pages/${page}?body-format=view`],
    ['/pages/{id}/labels', `/pages/${page}/labels`],
    ['/pages/{id}/versions', `/pages/${page}/versions?body-format=storage`],
    ['/pages/{id}/attachments', `/pages/${withFile}/attachments`],
    ['/pages/{id}/footer-comments', `/pages/${page}/footer-comments?body-format=storage`],
    ['/pages/{id}/inline-comments', `/pages/${page}/inline-comments?body-format=storage`],
    ['/pages/{id}/ancestors', `/pages/${page}/ancestors`],
    ['/pages/{id}/children', `/pages/${page}/children`],
    [
      '/pages/{id}/direct-children',
      `/pages/${title(client, 'INFRA', 'Infrastructure Home')}/direct-children`,
    ],
    ['/blogposts', '/blogposts?limit=10'],
    ['/blogposts/{id}', `/blogposts/${post}?body-format=storage`],
    ['/blogposts/{id}/labels', `/blogposts/${post}/labels`],
    ['/blogposts/{id}/versions', `/blogposts/${post}/versions`],
    ['/blogposts/{id}/attachments', `/blogposts/${post}/attachments`],
    ['/blogposts/{id}/footer-comments', `/blogposts/${post}/footer-comments?body-format=storage`],
    ['/blogposts/{id}/inline-comments', `/blogposts/${post}/inline-comments`],
    ['/footer-comments', '/footer-comments?body-format=storage&limit=100'],
    ['/footer-comments/{comment-id}', `/footer-comments/${comment('footer')}?body-format=storage`],
    ['/footer-comments/{id}/children', `/footer-comments/${comment('footer')}/children?body-format=storage`],
    ['/inline-comments', '/inline-comments?body-format=atlas_doc_format'],
    ['/inline-comments/{comment-id}', `/inline-comments/${comment('inline')}`],
    ['/inline-comments/{id}/children', `/inline-comments/${comment('inline')}/children?body-format=storage`],
    ['/folders/{id}', `/folders/${folder}`],
    ['/folders/{id}/direct-children', `/folders/${folder}/direct-children`],
    ['/folders/{id}/ancestors', `/folders/${folder}/ancestors`],
    ['/pages/{id}', `/pages/${page}?body-format=export_view`],
    ['/blogposts/{id}', `/blogposts/${post}?body-format=export_view`],
    ['/attachments', '/attachments?limit=250&status=current'],
    ['/attachments/{id}', `/attachments/${attachment}`],
  ];
  for (const [template, path] of requests) {
    const { status, json } = await client.get(`/wiki/api/v2${path}`);
    expect({ path, status, problems: spec.problems('get', template, 200, json) }).toEqual({
      path,
      status: 200,
      problems: [],
    });
  }
  const users = await client.post('/wiki/api/v2/users-bulk', { accountIds: [workspace.accountId, 'nobody'] });
  expect(spec.problems('post', '/users-bulk', 200, users.json)).toEqual([]);
  expect(users.json.results).toHaveLength(1);
});

withSpecs('R15 Confluence v1 answers fit their description', async () => {
  const client = await startClient();
  const spec = openApi(SPEC_FILES.v1);
  const page = title(client, 'INFRA', 'Incident contacts');
  const { accountId } = client.simulator.workspace;
  const everything =
    'metadata.labels,restrictions.read.restrictions.user,restrictions.read.restrictions.group,version,ancestors,space,body.storage';
  const content = '/wiki/rest/api/content';
  const requests: [template: string, path: string][] = [
    [content, `${content}?limit=50`],
    [content, `${content}?spaceKey=ENG&limit=25&start=25&expand=body.storage,version`],
    [content, `${content}?spaceKey=INFRA&limit=200&expand=history,${everything}`],
    [content, `${content}?type=blogpost`],
    [
      `${content}/search`,
      `${content}/search?cql=${encodeURIComponent('type in (page, blogpost, folder)')}&limit=200`,
    ],
    [
      `${content}/search`,
      `${content}/search?cql=${encodeURIComponent('space = "INFRA"')}&limit=50&expand=${everything}`,
    ],
    [`${content}/search`, `${content}/search?cql=type%3Dcomment`],
    [`${content}/{id}/restriction`, `${content}/${page}/restriction?expand=read.restrictions.user`],
    [
      `${content}/{id}/restriction/byOperation`,
      `${content}/${page}/restriction/byOperation?expand=restrictions.user`,
    ],
    [
      `${content}/{id}/restriction/byOperation/{operationKey}`,
      `${content}/${page}/restriction/byOperation/read`,
    ],
    ['/wiki/rest/api/user', `/wiki/rest/api/user?accountId=${accountId}`],
    ['/wiki/rest/api/user/current', '/wiki/rest/api/user/current'],
    ['/wiki/rest/api/user/bulk', `/wiki/rest/api/user/bulk?accountId=${accountId}`],
  ];
  for (const [template, path] of requests) {
    const { status, json } = await client.get(path);
    expect({ path, status, problems: spec.problems('get', template, 200, json) }).toEqual({
      path,
      status: 200,
      problems: [],
    });
  }
});

withSpecs('R15 Jira answers fit their description', async () => {
  const client = await startClient({ pageLimit: 30 });
  const spec = openApi(SPEC_FILES.jira);
  const { accountId } = client.simulator.workspace;
  const jql = encodeURIComponent('project in (SHOP, OPS) ORDER BY updated');
  const requests: [template: string, path: string][] = [
    ['/myself', '/myself'],
    ['/field', '/field'],
    ['/serverInfo', '/serverInfo'],
    ['/status', '/status'],
    ['/project/search', '/project/search'],
    ['/user/bulk', `/user/bulk?accountId=${accountId}`],
    ['/search/jql', `/search/jql?jql=${jql}`],
    ['/search/jql', `/search/jql?jql=${jql}&fields=*all&expand=changelog,names`],
    ['/issue/{issueIdOrKey}', '/issue/SHOP-12?expand=changelog'],
    ['/issue/{issueIdOrKey}', '/issue/OPS-14?fields=summary,attachment'],
    ['/issue/{issueIdOrKey}/comment', '/issue/SHOP-12/comment?orderBy=created&maxResults=5'],
    ['/issue/{issueIdOrKey}/changelog', '/issue/OPS-14/changelog?maxResults=1'],
  ];
  for (const [template, path] of requests) {
    const { status, json } = await client.get(`/rest/api/3${path}`);
    const problems = spec.problems('get', `/rest/api/3${template}`, 200, json);
    expect({ path, status, problems }).toEqual({ path, status: 200, problems: [] });
  }
  const issueIdsOrKeys = ['SHOP-1', 'OPS-14', 'SHOP-99'];
  const posts: [path: string, body: unknown][] = [
    ['/issue/bulkfetch', { issueIdsOrKeys, fields: ['*all'], expand: ['changelog'] }],
    ['/changelog/bulkfetch', { issueIdsOrKeys, maxResults: 2 }],
    ['/search/jql', { jql: 'project = OPS', fields: ['summary'], maxResults: 5 }],
  ];
  for (const [path, body] of posts) {
    const { status, json } = await client.post(`/rest/api/3${path}`, body);
    const problems = spec.problems('post', `/rest/api/3${path}`, 200, json);
    expect({ path, status, problems }).toEqual({ path, status: 200, problems: [] });
  }
});

withSpecs('the check itself finds what does not fit', () => {
  const spec = openApi(SPEC_FILES.v2);
  expect(spec.problems('get', '/pages', 200, { results: [{ id: 7 }] })).toEqual([
    '/results/0/id must be string',
  ]);
  const jira = openApi(SPEC_FILES.jira);
  expect(jira.problems('get', '/rest/api/3/myself', 200, { nick: 'mina' })).not.toEqual([]);
});
