import { entry } from './entry.ts';

/** Refusals and failures of the build itself. */
export const pipelineErrors = {
  'build.local-edits': entry<{ paths: readonly string[] }>({
    kind: 'guard',
    message: ({ paths }) => `Files that the build writes have local edits: ${list(paths)}`,
    hint: () =>
      'Commit them elsewhere, or undo them with `git checkout -- PATH` (or move them away, if untracked); then build again.',
  }),
  'build.foreign-files': entry<{ paths: readonly string[] }>({
    kind: 'guard',
    message: ({ paths }) => `Files that the build did not write stand where documents belong: ${list(paths)}`,
    hint: () => 'Move them to another folder, commit, and build again.',
  }),
  'build.mass-deletion': entry<{ scopes: readonly string[]; documents: number; fingerprint: string }>({
    kind: 'guard',
    message: ({ scopes, documents }) =>
      `${documents} documents of ${list(scopes)} would be deleted, which looks like a failure of the source. They are kept.`,
    hint: ({ fingerprint }) => `If they really are gone: ctx build --confirm-deletes ${fingerprint}`,
  }),
  'build.interrupted': entry({
    kind: 'interrupted',
    message: () => 'Interrupted.',
    hint: () => 'Run the command again: it goes on where this one was.',
  }),
  'build.state-unreadable': entry<{ path: string }>({
    kind: 'failed',
    message: ({ path }) => `${path} in the context repository can't be read.`,
    hint: ({ path }) =>
      `Restore it with \`git checkout HEAD~1 -- ${path}\`, or remove it: the next build then reads everything again.`,
  }),
  'build.duplicate-document': entry<{ id: string; paths: readonly string[] }>({
    kind: 'guard',
    message: ({ id, paths }) => `Two files claim to be document ${id}: ${list(paths)}`,
    hint: () => 'One of them was copied by hand: remove it or its frontmatter, commit, and build again.',
  }),
};

function list(items: readonly string[]): string {
  const shown = items.slice(0, 5).join(', ');
  return items.length > 5 ? `${shown} and ${items.length - 5} more` : shown;
}
