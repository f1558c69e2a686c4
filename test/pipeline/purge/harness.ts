import { confluence } from '../../../src/connectors/confluence/index.ts';
import { jira } from '../../../src/connectors/jira/index.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import { lockRepo } from '../../../src/git/lock.ts';
import { openRepo } from '../../../src/git/open.ts';
import { type PurgeOptions, type PurgeResult, purge } from '../../../src/pipeline/purge/purge.ts';
import { git } from '../../harness/git.ts';

/** Purges from the repository at a path, as the command does. */
export async function purgeFrom(
  path: string,
  names: readonly string[],
  options: Partial<PurgeOptions> = {},
): Promise<PurgeResult> {
  const repo = await openRepo({ path, branch: 'main' });
  await using _lock = await lockRepo(repo.gitDir);
  return purge({
    repo,
    models: [confluence.model('confluence'), jira.model('jira')],
    names,
    dryRun: false,
    exclude: async () => {},
    log: silentLogger,
    signal: new AbortController().signal,
    ...options,
  });
}

/** Which of the words stand in any object of the store, reachable or not. */
export function wordsInStore(path: string, words: readonly string[]): string[] {
  const all = git(path, ['cat-file', '--batch-all-objects', '--batch', '--unordered']);
  return words.filter((word) => all.includes(word));
}

/** What git and a person would complain about. */
export function complaints(path: string): string {
  return [
    git(path, ['fsck', '--strict', '--full']),
    git(path, ['status', '--porcelain']),
    git(path, ['diff', '--stat', 'HEAD']),
    git(path, ['for-each-ref', 'refs/ctx']),
  ].join('');
}

/** The branch's commits, parents first. */
export function commitsOf(path: string): string[] {
  return git(path, ['rev-list', '--reverse', '--topo-order', 'HEAD']).toString().trim().split('\n');
}

/** The branch's commits, parents first, each with what it says and its files but for state. */
export function historyOf(path: string) {
  return commitsOf(path).map((id) => ({
    id,
    message: git(path, ['log', '-1', '--format=%B', id]).toString(),
    who: git(path, ['log', '-1', '--format=%an %ae %ad %cn %ce %cd', id]).toString(),
    tree: git(path, ['ls-tree', '-r', id])
      .toString()
      .split('\n')
      .filter((line) => !line.includes('\t.ctx/')),
  }));
}

/** What a person does in the repository. */
export function person(path: string, ...args: string[]): string {
  return git(path, ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.test', ...args]).toString();
}
