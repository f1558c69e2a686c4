import { entry } from './entry.ts';

/** Of git repositories that a source reads. */
export const repositoryErrors = {
  'repository.not-found': entry<{ path: string; reason: string }>({
    kind: 'failed',
    message: ({ path, reason }) => `${path} is no git repository that can be read: ${reason}`,
    hint: () =>
      'Correct `path` of the source in context.config.yaml: the top folder of a repository. What is in the context repository stays.',
  }),
  'repository.refused': entry<{ remote: string; reason: string }>({
    kind: 'credentials',
    message: ({ remote, reason }) => `${remote} does not let us in: ${reason}`,
    hint: () =>
      'Name a token that may read it in `auth` of the source, or give git on this machine a key or a credential helper for it. What is in the context repository stays.',
  }),
  'repository.no-branch': entry<{ repository: string; branch: string | null }>({
    kind: 'failed',
    message: ({ repository, branch }) =>
      branch === null
        ? `${repository} has no commit to read.`
        : `${repository} has no branch ${JSON.stringify(branch)}.`,
    hint: () =>
      'Correct `branch` of the source in context.config.yaml, or push it. What is in the context repository stays.',
  }),
};
