import { entry } from './entry.ts';

/** Refusals and failures of `ctx purge`. Documents are named by source and id: a title may be what has to go. */
export const purgeErrors = {
  'purge.unknown-document': entry<{ names: readonly string[]; path: string }>({
    kind: 'usage',
    message: ({ names, path }) => `No commit that ${path} still has holds a document called ${list(names)}.`,
    hint: () =>
      'Nothing was changed. Name it by the `id` in its frontmatter, its `key` or `url`, or a path that it had in the repository.',
  }),
  'purge.ambiguous': entry<{ name: string; documents: readonly string[] }>({
    kind: 'usage',
    message: ({ name, documents }) => `${name} names several documents: ${list(documents)}.`,
    hint: () => 'Nothing was changed. Name one by its id, with --source if several sources have that id.',
  }),
  'purge.needs-git': entry<{ path: string }>({
    kind: 'usage',
    message: ({ path }) =>
      `The history of ${path} can only be rewritten by git itself, which is not installed.`,
    hint: () => 'Install git 2.30 or later, so that it is found in PATH, and run again.',
  }),
  'purge.not-whole': entry<{ path: string; problem: string }>({
    kind: 'usage',
    message: ({ path, problem }) =>
      `${path} ${problem}: not all of the history is in it, so not all can be rewritten.`,
    hint: () =>
      'Run it in a full clone of its own (for a shallow one: git fetch --unshallow; for grafts: git replace --convert-graft-file).',
  }),
  'purge.held-elsewhere': entry<{ holders: readonly string[] }>({
    kind: 'guard',
    message: ({ holders }) =>
      `The document would not be gone, because more than the built branch leads to it: ${list(holders)}.`,
    hint: () =>
      'Nothing was changed. Delete these (git branch -D, git tag -d, git stash drop, git reflog expire, git worktree remove), or bring them to commits without the document; then run again.',
  }),
  'purge.remote-moved': entry<{ remote: string; branch: string }>({
    kind: 'guard',
    message: ({ remote, branch }) =>
      `${remote} has commits on ${branch} that this clone has not; rewriting it would lose them.`,
    hint: ({ branch }) =>
      `Nothing was pushed. Fetch them and bring ${branch} up to date, then run again; but if this clone is rewritten already, never merge or rebase: take them over with \`git cherry-pick\` and push with \`--force-with-lease\`.`,
  }),
  'purge.not-pushed': entry<{ remote: string; branch: string; documents: readonly string[] }>({
    kind: 'failed',
    message: ({ remote, branch }) =>
      `${remote} still has the history of ${branch} from before a purge; nothing was pushed.`,
    hint: ({ documents }) =>
      `Run \`ctx purge ${documents.map((key) => key.slice(key.indexOf('/') + 1)).join(' ')} --push\`, which replaces it. Never merge or rebase: that brings the purged documents back.`,
  }),
  'purge.not-gone': entry<{ path: string; objects: number; holders: readonly string[] }>({
    kind: 'partial',
    message: ({ path, objects, holders }) =>
      `The history is rewritten, but ${objects} objects of the document are still in ${path}: ${list(holders)}.`,
    hint: () => 'Remove what holds them, and run the same command again: it only does what is left.',
  }),
  'purge.left-behind': entry<{ paths: readonly string[] }>({
    kind: 'partial',
    message: ({ paths }) =>
      `A merge, rebase or pick that was begun may hold text or commits of the document: ${list(paths)}.`,
    hint: () =>
      'End it (git merge --abort, git rebase --abort, git cherry-pick --abort) or delete these files, and run the same command again.',
  }),
  'purge.included': entry<{ documents: readonly string[] }>({
    kind: 'partial',
    message: ({ documents }) =>
      `Documents that include a purged one hold text of it, in history too: ${list(documents)}.`,
    hint: () =>
      'Read them and purge them too, if that text must go: ctx purge ID. The next build renders them anew.',
  }),
  'purge.config-not-editable': entry<{ file: string; source: string; ids: readonly string[] }>({
    kind: 'usage',
    message: ({ file, source, ids }) =>
      `${file} is written such that ${list(ids)} can't be added to \`exclude\` of ${source}.`,
    hint: () =>
      'Nothing was changed. Add it there by hand, so that no build brings the document back; then run again.',
  }),
};

function list(items: readonly string[]): string {
  const shown = items.slice(0, 10).join(', ');
  return items.length > 10 ? `${shown} and ${items.length - 10} more` : shown;
}
