import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import * as edits from '../../src/demo/workspace/edits.ts';
import { serveRepositories } from '../git/http-remote.ts';
import { startContext } from '../harness/context.ts';
import { documentsAt, filesAt, git as run } from '../harness/git.ts';

vi.setConfig({ testTimeout: 120_000 });

const git = (path: string, ...args: string[]) => run(path, args).toString().trim();

test('R8 runners of CI, whose clones have one commit, push over http to one branch', async () => {
  await using context = await startContext();
  const { workspace } = context;
  const remote = await context.folder();
  git(remote, 'init', '--quiet', '--bare', '--initial-branch=main');
  const access = ['bot', 'open', 'sesame'].join(':');
  const server = new URL(await serveRepositories(dirname(remote), { access }));
  const address = new URL(remote.slice(dirname(remote).length), server);
  [address.username, address.password] = ['bot', 'open:sesame'];
  await context.build({ remote: address.href });
  for (const round of [1, 2]) {
    const page = edits.pageIdByTitle(workspace, 'ENG', 'Guide');
    edits.editPage(workspace, page, { body: `<p>Round ${round}.</p>`, by: 'acc-2' });
    edits.editIssue(workspace, 'SHOP-2', { summary: `Speed up ${round}`, by: 'acc-2' });
    const clones = await Promise.all(
      (['confluence', 'jira'] as const).map(async (type) => {
        const path = join(await context.folder(), 'clone');
        // The server is in this process: it must not be waited for.
        await promisify(execFile)('git', ['clone', '--quiet', '--depth=1', address.href, path]);
        return { path, type };
      }),
    );
    await Promise.all(
      clones.map(({ path, type }) =>
        context.build({ path, remote: address.href, only: [type], commit: 'per-revision' }),
      ),
    );
  }
  const last = await context.folder();
  git(last, 'clone', '--quiet', remote, '.');
  git(last, 'fsck', '--strict');
  expect([...documentsAt(last)].sort()).toEqual([...(await context.fresh())].sort());
  expect([...filesAt(last).values()].join('\n')).not.toContain('sesame');
  const authored = git(last, 'log', '--author=Bo', '--format=%s').split('\n').sort();
  expect(authored).toEqual([
    'Guide: version 2',
    'Guide: version 3',
    'SHOP-2: summary Speed up 1 → Speed up 2',
    'SHOP-2: summary Speed up → Speed up 1',
  ]);
});
