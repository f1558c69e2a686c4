import { entry } from './entry.ts';

/** Refusals and failures of `ctx pull`. */
export const pullErrors = {
  'pull.no-remote': entry<{ path: string }>({
    kind: 'usage',
    message: ({ path }) =>
      `There is nothing to pull from: ${path} has no remote called origin, and none was named.`,
    hint: () =>
      'Name one: `ctx pull URL`. It becomes the origin of a clone that is made by it, so that later pulls need no name.',
  }),
  'pull.no-branch': entry<{ remote: string; branch: string }>({
    kind: 'usage',
    message: ({ remote, branch }) => `${remote} has no branch ${branch}.`,
    hint: () => 'Name the branch that holds the documents: ctx pull --branch NAME.',
  }),
  'pull.bad-path': entry<{ remote: string; path: string; reason: string }>({
    kind: 'failed',
    message: ({ remote, path, reason }) =>
      `${remote} has the path ${JSON.stringify(path)}, which can't be written safely: ${reason}.`,
    hint: () => 'Nothing was changed. Builds make no such path: find who committed it, and rename it there.',
  }),
  'pull.diverged': entry<{ path: string; remote: string; branch: string; commits: readonly string[] }>({
    kind: 'guard',
    message: ({ path, remote, branch, commits }) =>
      `${path} has commits that ${remote} has not on ${branch}, and the other way round: ${list(commits)}.`,
    hint: ({ branch }) =>
      `Nothing was changed; a pull never merges. Rebase these commits and push them (git pull --rebase origin ${branch}), or drop them (git reset --keep origin/${branch}). But if this clone was purged, run \`ctx purge ID --push\`.`,
  }),
  'pull.rewritten': entry<{ path: string; remote: string; branch: string }>({
    kind: 'guard',
    message: ({ path, remote, branch }) =>
      `The history of ${branch} on ${remote} was replaced, as by \`ctx purge --push\`; ${path} still has the former one.`,
    hint: () =>
      'Nothing was changed. If that was meant, run `ctx pull --accept-rewrite`: it takes the new history over and removes the former one from this clone. Never merge or rebase: that brings back what was purged.',
  }),
  'pull.rewritten-with-commits': entry<{
    path: string;
    remote: string;
    branch: string;
    commits: readonly string[];
  }>({
    kind: 'guard',
    message: ({ path, remote, branch, commits }) =>
      `The history of ${branch} on ${remote} was replaced, as by \`ctx purge --push\`, and ${path} has commits of its own on the former one: ${list(commits)}.`,
    hint: () =>
      'Nothing was changed. Save what you need of them (git format-patch), drop them (git reset --keep to the commit before) and run `ctx pull --accept-rewrite`; or delete the folder and pull it anew.',
  }),
  'pull.keeps-objects': entry<{ path: string }>({
    kind: 'usage',
    message: ({ path }) =>
      `${path} is a partial clone, from which git removes no object that came from its remote: what was purged would stay in it.`,
    hint: () => 'Nothing was changed. Delete the folder and clone it anew.',
  }),
  'pull.not-forgotten': entry<{ path: string; commits: number; holders: readonly string[] }>({
    kind: 'partial',
    message: ({ path, commits, holders }) =>
      `${path} is at the new history, but ${commits} commits of the former one are still in it: ${list(holders)}.`,
    hint: () =>
      'Remove what holds them (git branch -D, git tag -d, git stash drop, git worktree remove), and run `ctx pull` again: it removes them then.',
  }),
};

function list(items: readonly string[]): string {
  const shown = items.slice(0, 10).join(', ');
  return items.length > 10 ? `${shown} and ${items.length - 10} more` : shown;
}
