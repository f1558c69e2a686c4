import { entry } from './entry.ts';

const list = (paths: readonly string[]): string => {
  const shown = paths.slice(0, 10).join(', ');
  return paths.length > 10 ? `${shown} and ${paths.length - 10} more` : shown;
};

/** Failures of the context repository. */
export const gitErrors = {
  'git.not-found': entry({
    kind: 'usage',
    message: () => 'There is no usable git (2.30 or later) in PATH.',
    hint: () => 'Install git 2.30 or later, so that it is found in PATH, and run again.',
  }),
  'git.command-failed': entry<{ command: string; code: number | string; reason: string }>({
    kind: 'failed',
    message: ({ command, code, reason }) => `git ${command} failed (${code}): ${reason}`,
    hint: () => 'Correct what git complains about and run again; nothing is lost, a next run continues.',
  }),
  'git.not-a-repo': entry<{ path: string }>({
    kind: 'usage',
    message: ({ path }) => `${path} is neither empty nor the top folder of a git repository.`,
    hint: () =>
      'Set `repo.path` in context.config.yaml (or `ctx pull --repo`) to a new folder or to an existing context repository.',
  }),
  'git.not-a-folder': entry<{ path: string }>({
    kind: 'usage',
    message: ({ path }) => `${path} is not a folder.`,
    hint: () => 'Set `repo.path` in context.config.yaml to a folder.',
  }),
  'git.bare-repo': entry<{ path: string }>({
    kind: 'usage',
    message: ({ path }) => `${path} is a bare repository: it has no work tree to write documents to.`,
    hint: ({ path }) => `Clone it (git clone ${path} FOLDER) and set \`repo.path\` to the clone.`,
  }),
  'git.bad-branch': entry<{ branch: string }>({
    kind: 'usage',
    message: ({ branch }) => `${JSON.stringify(branch)} is not a valid branch name.`,
    hint: () => 'Correct `repo.branch` in context.config.yaml.',
  }),
  'git.wrong-branch': entry<{ path: string; branch: string; checkedOut: string }>({
    kind: 'usage',
    message: ({ path, branch, checkedOut }) => `${path} has ${checkedOut} checked out, not branch ${branch}.`,
    hint: ({ path, branch }) =>
      `Run \`git -C ${path} switch ${branch}\`, or correct \`repo.branch\` in context.config.yaml (or \`ctx pull --branch\`).`,
  }),
  'git.unsupported': entry<{ path: string; what: string }>({
    kind: 'usage',
    message: ({ path, what }) => `${path} uses ${what}, which the built-in git engine can't write safely.`,
    hint: () => 'Install git 2.30 or later, so that it is found in PATH, and run again.',
  }),
  'git.bad-path': entry<{ path: string; reason: string }>({
    kind: 'failed',
    message: ({ path, reason }) => `The path ${JSON.stringify(path)} can't be committed: ${reason}.`,
    hint: () => 'Nothing was written. Report it: names of documents should never lead to such a path.',
  }),
  'git.path-conflict': entry<{ path: string; other: string }>({
    kind: 'failed',
    message: ({ path, other }) =>
      `${path} can't be committed beside ${other}: one is a file where the other needs a folder.`,
    hint: ({ other }) => `Nothing was written. If ${other} is a file of yours, move it away and commit that.`,
  }),
  'git.symlinked-folder': entry<{ path: string; link: string }>({
    kind: 'guard',
    message: ({ path, link }) => `${path} would be written through ${link}, which is a symbolic link.`,
    hint: ({ link }) => `Nothing was written. Replace the link ${link} by a folder and run again.`,
  }),
  'git.local-edits': entry<{ paths: readonly string[] }>({
    kind: 'guard',
    message: ({ paths }) => `Local edits would be overwritten: ${list(paths)}.`,
    hint: () =>
      'Nothing was written. Move the edits elsewhere and restore the files with `git restore --staged --worktree PATH`, or remove the untracked files; then run again.',
  }),
  'git.sparse-patterns': entry<{ path: string }>({
    kind: 'usage',
    message: ({ path }) => `${path} is a sparse checkout by patterns, not by folders (cone mode).`,
    hint: ({ path }) =>
      `Nothing was changed. Name the folders to have: \`git -C ${path} sparse-checkout set --cone FOLDER…\`; then run again.`,
  }),
  'git.recovery-needed': entry<{ path: string }>({
    kind: 'failed',
    message: ({ path }) => `An earlier run in ${path} was interrupted and has not been completed.`,
    hint: () => 'Run `ctx build` or `ctx pull` again: it completes the earlier run first.',
  }),
  'git.recovery-conflict': entry<{ paths: readonly string[]; old: string }>({
    kind: 'guard',
    message: ({ paths }) =>
      `An interrupted run can't be completed: these files were edited since: ${list(paths)}.`,
    hint: ({ old }) =>
      `Nothing was changed. Move the edits elsewhere, delete the files (or \`git restore --source=${old} --staged --worktree PATH\`), and run again.`,
  }),
  'git.recovery-branch-moved': entry<{
    branch: string;
    at: string;
    old: string;
    new: string;
    intent: string;
  }>({
    kind: 'guard',
    message: ({ branch, at, old, new: next }) =>
      `A run that moved ${branch} from ${old} to ${next} was interrupted, and ${branch} is now at ${at}.`,
    hint: ({ new: next, intent }) =>
      `Nothing was changed. Put your work aside, bring the branch to the run's result (\`git reset ${next}\`), or, if the work tree is as you want it, delete ${intent}; then run again.`,
  }),
  'git.bad-intent': entry<{ intent: string }>({
    kind: 'failed',
    message: ({ intent }) => `${intent} does not hold what an interrupted run writes.`,
    hint: ({ intent }) => `Check \`git status\`, delete ${intent} and run again.`,
  }),
  'git.missing-object': entry<{ oid: string; path: string }>({
    kind: 'failed',
    message: ({ oid, path }) => `The repository lacks object ${oid} (${path}).`,
    hint: () => 'Run `git fsck` in the repository; if it is damaged or a partial clone, clone it anew.',
  }),
  'git.branch-moved': entry<{ branch: string }>({
    kind: 'failed',
    message: ({ branch }) => `Branch ${branch} was moved by someone else while the run was committing.`,
    hint: () => 'Run again.',
  }),
  'git.index-locked': entry<{ lock: string }>({
    kind: 'failed',
    message: ({ lock }) => `Another git process holds ${lock}.`,
    hint: ({ lock }) => `Let it finish, or delete ${lock} if no git is running; then run again.`,
  }),
  'git.locked': entry<{ path: string; pid: number | null; since: string | null }>({
    kind: 'failed',
    message: ({ path, pid, since }) =>
      `Another run is writing to ${path}: ${pid === null ? 'its process is unknown' : `process ${pid}, since ${since}`}.`,
    hint: () => 'Wait until it has ended, then run again. A run that is killed frees the lock by itself.',
  }),
  'git.remote-unreachable': entry<{ remote: string; reason: string }>({
    kind: 'failed',
    message: ({ remote, reason }) => `The remote ${remote} could not be read: ${reason}`,
    hint: () =>
      'Check its address (`repo.remote`, or `remote` of the source, in context.config.yaml; or the origin of the clone) and the access of this machine to it.',
  }),
  'git.push-rejected': entry<{ remote: string; branch: string }>({
    kind: 'failed',
    message: ({ remote, branch }) =>
      `${remote} has commits on ${branch} that this clone has not; nothing was pushed.`,
    hint: ({ branch }) =>
      `Run \`ctx build --push\` in a fresh clone; or, unless the remote's history was rewritten (\`ctx purge\`), which a rebase would undo, bring this one up to date: \`git pull --rebase origin ${branch}\`.`,
  }),
  'git.push-refused': entry<{ remote: string; branch: string; reason: string }>({
    kind: 'credentials',
    message: ({ remote, branch, reason }) => `${remote} does not let us push ${branch}: ${reason}`,
    hint: () =>
      'Give the token in `repo.remote` the right to write (on GitHub: contents, read and write), or this machine a key or a credential helper that has it.',
  }),
  'git.push-failed': entry<{ remote: string; branch: string; reason: string }>({
    kind: 'failed',
    message: ({ remote, branch, reason }) => `Pushing ${branch} to ${remote} failed: ${reason}`,
    hint: () =>
      'The commit is kept locally. Check the address and the access of this machine, then push again.',
  }),
};
