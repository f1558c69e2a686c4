import { expect, test } from 'vitest';
import { renderIssue, renderPull } from '../../../src/connectors/github/render.ts';
import { issue, pullRequest } from '../../../src/connectors/github/schema.ts';
import { linkDocument, writeMarkdown } from '../../../src/markdown/index.ts';

const AT = '2026-01-05T10:00:00Z';
const OPTIONS = { source: 'github', comments: true, views: [], isOnlyInViews: false };
const ann = { __typename: 'User', id: 'U_1', login: 'ann' };
const robot = { __typename: 'Bot', id: 'BOT_1', login: 'renovate' };
const none = { totalCount: 0, pageInfo: { hasNextPage: false }, nodes: [] };
const HOME = 'https://github.com/acme/api';

const item = {
  ...{ id: 'I_1', number: 1, title: 'Title', body: 'Body', createdAt: AT, updatedAt: AT, locked: false },
  ...{ author: ann, timelineItems: none, url: `${HOME}/issues/1` },
  repository: { id: 'R_1', nameWithOwner: 'acme/api', url: HOME },
};

function issueText(timeline: readonly object[], more: object = {}): string {
  const node = issue.parse({ ...item, __typename: 'Issue', state: 'OPEN', ...more });
  const complete = issue.parse({ ...node, timelineItems: { ...none, nodes: timeline } });
  const events = complete.timelineItems.nodes.filter((each) => each !== null);
  const { document } = renderIssue({ node, timeline: events }, OPTIONS);
  return linkDocument(writeMarkdown(document.body), (url) => url);
}

const source = (isPrivate: boolean, id = 'R_2') => ({
  ...{ number: 7, url: 'https://github.com/acme/secret/issues/7' },
  repository: { id, nameWithOwner: 'acme/secret', isPrivate },
});

test('what is mentioned in a private repository is told in its own documents alone', () => {
  const event = { __typename: 'CrossReferencedEvent', createdAt: AT, actor: ann };
  expect(issueText([{ ...event, source: source(true) }])).not.toContain('secret');
  expect(issueText([{ ...event, source: source(false) }])).toContain(
    'ann mentioned this in [acme/secret#7](https://github.com/acme/secret/issues/7)',
  );
  expect(issueText([{ ...event, source: source(true, 'R_1') }])).toContain('mentioned this in [#7]');
  expect(issueText([], { parent: source(true) })).not.toContain('secret');
});

test('who has left is a ghost, hidden comments say why, and programs do not talk for long', () => {
  const comment = { __typename: 'IssueComment', id: 'IC_1', createdAt: AT, body: 'Hello', author: null };
  expect(issueText([comment])).toContain('### ghost · 2026-01-05 10:00 UTC\n\nHello');
  const hidden = issueText([{ ...comment, isMinimized: true, minimizedReason: 'off-topic' }]);
  expect(hidden).toContain('_This comment was hidden as off-topic._');
  expect(hidden).not.toContain('Hello');
  const body = Array.from({ length: 20 }, (_, nth) => `Paragraph ${nth}`).join('\n\n');
  const long = issueText([{ ...comment, author: robot, body }]);
  expect(long).toContain('### renovate[bot] · ');
  expect(long).toContain('Paragraph 7\n\n_12 more blocks of this program’s comment are left out._');
  expect(issueText([{ ...comment, author: ann, body }])).toContain('Paragraph 19');
});

test('headings of texts stand below those of the document', () => {
  expect(issueText([], { body: '# Mine' })).toContain('## Mine');
  const comment = { __typename: 'IssueComment', createdAt: AT, author: ann, body: '# Mine' };
  expect(issueText([comment])).toContain('#### Mine');
});

test('drafts of reviews are for their writers alone', () => {
  const written = { createdAt: AT, author: ann, body: 'Not sent' };
  const review = { __typename: 'PullRequestReview', state: 'PENDING', ...written };
  const comments = { ...none, nodes: [{ id: 'PRRC_1', state: 'PENDING', diffHunk: '@@\n+a', ...written }] };
  const thread = { id: 'PRRT_1', path: 'a.ts', line: 3, isResolved: false, isOutdated: false, comments };
  const node = pullRequest.parse({
    ...{ ...item, __typename: 'PullRequest', id: 'PR_1', state: 'OPEN', isDraft: true },
    ...{ headRefOid: 'abc', additions: 1, deletions: 0, changedFiles: 1, baseRefName: 'main' },
    ...{ headRefName: 'fix', isCrossRepository: true, commits: none, files: none },
    reviewThreads: { ...none, nodes: [thread] },
    timelineItems: { ...none, nodes: [review] },
  });
  const [own] = node.reviewThreads.nodes;
  const { document } = renderPull(
    {
      ...{ node, commits: [], files: [], checks: [] },
      timeline: node.timelineItems.nodes.filter((each) => each !== null),
      threads: own ? [{ thread: own, comments: own.comments.nodes.filter((each) => each !== null) }] : [],
    },
    OPTIONS,
  );
  expect(writeMarkdown(document.body)).toBe('Body\n');
  expect(document.facts.fields).toMatchObject({ draft: true, threads: 0, head: 'unknown:fix' });
});
