import { readableSize } from '../connectors/readable-size.ts';
import { counted } from '../core/counted.ts';
import { ctxError } from '../core/errors/index.ts';
import { readIntent } from '../git/intent.ts';
import { lockHolder } from '../git/lock.ts';
import { type Check, type Finding, failed, ok, skip } from './check.ts';

/** From how many on git itself packs anew: https://git-scm.com/docs/git-gc#Documentation/git-gc.txt-gcauto */
const MANY_LOOSE = 6700;
const MANY_PACKS = 50;

/** The branch that is checked out, what an interrupted run has left, and whether objects have piled up. */
export const repositoryCheck: Check = {
  name: 'repository',
  async run({ repo, loaded }) {
    if (loaded === undefined) return skip('no configuration names one');
    const { path, branch } = loaded.config.repo;
    if (repo === undefined) return ok(`${path} is not there yet: ctx build makes it`);
    const findings: Finding[] = [];
    if (repo.branch !== branch) {
      const checkedOut = repo.branch ?? 'no branch';
      findings.push(failed(ctxError('git.wrong-branch', { path, branch, checkedOut })));
    }
    if (readIntent(repo.gitDir) !== null)
      findings.push(failed(ctxError('git.recovery-needed', { path }), 'warn'));
    const { loose, packs, bytes, head } = repo;
    if (loose > MANY_LOOSE || packs > MANY_PACKS)
      findings.push({
        status: 'warn',
        detail: `${path} needs repacking: ${counted(loose, 'loose object')}, ${counted(packs, 'pack')}`,
        fix: `git -C ${path} gc`,
      });
    if (findings.length > 0) return findings;
    const at = head === null ? 'no commit yet' : `${branch} at ${head.slice(0, 10)}`;
    return ok(
      `${path}, ${at}, ${readableSize(bytes)} in ${counted(packs, 'pack')} and ${counted(loose, 'loose object')}`,
    );
  },
};

/** Whether another run is writing. One that was killed holds nothing up. */
export const lockCheck: Check = {
  name: 'lock',
  async run({ repo }) {
    if (repo === undefined) return skip('no repository');
    const holder = lockHolder(repo.gitDir);
    if (holder === null) return ok('free');
    if (holder === 'left') return ok('free; a run that was killed held it');
    return failed(ctxError('git.locked', { path: repo.path, ...holder }), 'warn');
  },
};
