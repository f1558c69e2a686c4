import { counted } from '../../core/counted.ts';
import { ctxError, isCtxError } from '../../core/errors/index.ts';
import { attempt } from '../attempt.ts';
import type { Probe } from '../contract.ts';
import type { GithubReader } from './run.ts';

/** Looks for each repository, and lists the owners whose repositories are all wanted. */
export async function probeGithub({ client, config }: GithubReader): Promise<Probe> {
  const { id: source, repositories } = config;
  const answers = await Promise.all(
    [...new Set(repositories)].map((written) =>
      attempt(async () => {
        const [owner = '', name] = written.split('/');
        if (name === '*') return (await client.repositoriesOf(owner)).length;
        if (await client.overview(written)) return 1;
        throw ctxError('github.repository-lost', { source, repository: written });
      }),
    ),
  );
  const count = answers.reduce<number>((sum, each) => sum + (isCtxError(each) ? 0 : each), 0);
  return {
    found: [counted(count, 'repository', 'repositories')],
    problems: answers.filter(isCtxError),
  };
}
