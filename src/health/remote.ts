import { ctxError } from '../core/errors/index.ts';
import { withoutCredentials } from '../git/credentials.ts';
import { pushTarget, tryPush } from '../git/push-right.ts';
import { remoteHead } from '../git/spawned/publish.ts';
import { type Check, failed, ok, skip } from './check.ts';

/** Whether a build may push, by a push that sends nothing. */
export const remoteCheck: Check = {
  name: 'remote',
  async run({ loaded, repo, cwd }, { signal }) {
    if (loaded === undefined) return skip('no configuration names one');
    const { remote: configured, branch } = loaded.config.repo;
    const remote = repo === undefined ? (configured ?? undefined) : await pushTarget(repo.path, configured);
    if (remote === undefined)
      return skip('none: `repo.remote` is null, and ctx build --push has no place to push to');
    const shown = withoutCredentials(remote);
    if (repo?.head == null) {
      await remoteHead(repo?.path ?? cwd, remote, branch);
      return ok(`${shown} answers; whether we may push shows after the first build`);
    }
    const outcome = await tryPush({ cwd: repo.path, remote, branch, signal });
    if (outcome === 'ready') return ok(`${shown} takes pushes of ${branch}`);
    return failed(ctxError('git.push-rejected', { remote: shown, branch }), 'warn');
  },
};
