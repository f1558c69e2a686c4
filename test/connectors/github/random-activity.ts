import fc from 'fast-check';
import * as edits from '../../../src/demo/github/edits.ts';
import {
  type GithubWorkspace,
  type Item,
  nameOf,
  type Repository,
} from '../../../src/demo/github/workspace.ts';

/** Something that happens in a repository; `nth` chooses among what is there. */
export interface Happening {
  readonly what: (typeof HAPPENINGS)[number];
  readonly nth: number;
}

export const HAPPENINGS = [
  ...([
    'issue',
    'issue',
    'pull',
    'comment',
    'comment',
    'mention',
    'edit',
    'retitle',
    'close',
    'reopen',
  ] as const),
  ...([
    'label',
    'assign',
    'merge',
    'review',
    'reply',
    'resolve',
    'check',
    'check',
    'push',
    'forcePush',
  ] as const),
  ...(['delete', 'transfer', 'rename', 'discuss', 'answer', 'editDiscussion', 'deleteDiscussion'] as const),
  ...(['release', 'deleteRelease', 'readme', 'uncomment', 'wait'] as const),
];

export const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.constantFrom(...HAPPENINGS),
  nth: fc.nat(1000),
});

const PEOPLE = ['mina-okafor', 'jlindqvist'] as const;

function pick<T>(all: readonly T[], nth: number): T | undefined {
  return all[nth % Math.max(1, all.length)];
}

function itemsOf(repository: Repository): Item[] {
  return Array.from({ length: repository.lastNumber }, (_, index) => repository.items.get(index + 1)).filter(
    (item) => item !== undefined,
  );
}

export function happen(workspace: GithubWorkspace, { what, nth }: Happening): void {
  const repositories = [...workspace.repositories.values()];
  const repository = pick(repositories, nth) as Repository;
  const name = nameOf(repository);
  const by = pick(PEOPLE, nth) as string;
  const all = itemsOf(repository);
  const item = pick(all, nth);
  const issue = pick(
    all.filter(({ kind }) => kind === 'issue'),
    nth,
  );
  const pull = pick(
    all.flatMap((each) => (each.kind === 'pull' ? [each] : [])),
    nth,
  );
  const open = pull?.state === 'OPEN' ? pull : undefined;
  const discussion = pick([...repository.discussions.values()], nth);
  const release = pick(repository.releases, nth);
  const commit = {
    ...{ oid: edits.oidOf(`${workspace.revision} ${nth}`), message: `Change ${nth}\n\nBecause.` },
    ...{ author: { name: 'Mina', email: 'mina@fernhollow.example', login: by } },
    committedAt: '2026-01-05T10:00:00Z',
  };
  const files = edits.fileList([
    { path: `src/${nth % 5}.ts`, change: 'MODIFIED', additions: nth % 9, deletions: nth % 4, patch: '@@' },
  ]);
  const other = pick(all, nth * 7)?.number;
  switch (what) {
    case 'issue':
      edits.createIssue(workspace, name, { title: `Trouble ${nth}`, body: `It is **so** ${nth}`, by });
      return;
    case 'pull':
      edits.createPullRequest(workspace, name, {
        ...{ title: `Mend ${nth}`, body: other ? `Closes #${other}` : 'Mends', head: `mend-${nth}`, by },
        ...{ commits: [commit], files },
      });
      return;
    case 'comment':
      if (item) edits.comment(workspace, name, item.number, { body: `Said ${nth}\nand more`, by });
      return;
    case 'mention': {
      const elsewhere = nameOf(pick(repositories, nth + 1) as Repository);
      if (item && other)
        edits.comment(workspace, name, item.number, {
          body: `See #${other} and ${elsewhere}#${1 + (nth % 4)}`,
          by,
        });
      return;
    }
    case 'uncomment': {
      const comment = item && pick(item.comments, nth);
      if (item && comment) edits.deleteComment(workspace, name, item.number, { id: comment.id });
      return;
    }
    case 'edit':
      if (item) edits.editBody(workspace, name, item.number, { body: `Better ${nth}, see #${other}`, by });
      return;
    case 'retitle':
      if (item) edits.retitle(workspace, name, item.number, { title: `Called ${nth}`, by });
      return;
    case 'close':
      if (item?.state === 'OPEN') edits.close(workspace, name, item.number, { by });
      return;
    case 'reopen':
      if (item?.state === 'CLOSED') edits.reopen(workspace, name, item.number, { by });
      return;
    case 'label':
      if (item)
        edits.label(workspace, name, item.number, { add: [pick(['bug', 'urgent'], nth) as string], by });
      return;
    case 'assign':
      if (item) edits.assign(workspace, name, item.number, { add: [by] });
      return;
    case 'merge':
      if (open) edits.merge(workspace, name, open.number, { by });
      return;
    case 'review':
      if (open)
        edits.review(workspace, name, open.number, {
          ...{ state: pick(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED'] as const, nth) ?? 'COMMENTED', by },
          body: nth % 2 ? `Verdict ${nth}` : '',
          threads: [
            { path: 'src/1.ts', line: 1 + (nth % 9), diffHunk: '@@ -1 +1 @@\n-a\n+b', body: `Why ${nth}?` },
          ],
        });
      return;
    case 'reply': {
      const thread = pull && pick(pull.threads, nth);
      if (pull && thread)
        edits.replyInThread(workspace, name, pull.number, { thread: thread.id, body: `So ${nth}`, by });
      return;
    }
    case 'resolve': {
      const thread = open && pick(open.threads, nth);
      if (open && thread) edits.resolveThread(workspace, name, open.number, { thread: thread.id, by });
      return;
    }
    case 'check':
      if (open)
        edits.setCheck(workspace, name, open.number, {
          check: pick(['build', 'lint'], nth) as string,
          conclusion: pick(['SUCCESS', 'FAILURE', null] as const, nth) ?? null,
        });
      return;
    case 'push':
      if (open)
        edits.pushCommits(workspace, name, open.number, { commits: [commit], files, outdates: ['src/1.ts'] });
      return;
    case 'forcePush':
      if (open) edits.forcePush(workspace, name, open.number, { commits: [commit], files });
      return;
    case 'delete':
      if (issue) edits.deleteIssue(workspace, name, issue.number);
      return;
    case 'transfer': {
      const to = repositories.find((each) => each !== repository);
      if (issue && to) edits.transferIssue(workspace, name, issue.number, { to: nameOf(to) });
      return;
    }
    case 'rename':
      edits.renameRepository(workspace, name, `${repository.name.replace(/-\d+$/, '')}-${nth}`);
      return;
    case 'discuss':
      edits.createDiscussion(workspace, name, {
        title: `Idea ${nth}`,
        body: `What of #${other}?`,
        category: 'ideas',
        by,
      });
      return;
    case 'answer':
      if (discussion)
        edits.commentDiscussion(workspace, name, discussion.number, { body: `Answer ${nth}`, by });
      return;
    case 'editDiscussion':
      if (discussion) edits.editDiscussion(workspace, name, discussion.number, { title: `Thought ${nth}` });
      return;
    case 'deleteDiscussion':
      if (discussion) edits.deleteDiscussion(workspace, name, discussion.number);
      return;
    case 'release':
      if (repository.releases.every(({ tag }) => tag !== `v${nth}`))
        edits.publishRelease(workspace, name, { tag: `v${nth}`, body: `With #${other}`, by });
      return;
    case 'deleteRelease':
      if (release) edits.deleteRelease(workspace, name, release.tag);
      return;
    case 'readme':
      edits.writeFile(
        workspace,
        name,
        'README.md',
        nth % 7 === 0 ? undefined : `# About ${nth}\n\n[x](docs/x.md)\n`,
      );
      return;
    case 'wait':
      workspace.now += (1 + (nth % 40)) * 3_600_000;
  }
}
