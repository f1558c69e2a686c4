import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ctxError } from '../../core/errors/index.ts';
import { type Cone, parseCone, readSparsePatterns } from '../cone.ts';
import { emptyTree } from '../empty-tree.ts';
import { type Difference, type Engine, type ObjectFormat, type PathEntry, PENDING_REF } from '../engine.ts';
import { rewriteIndex } from '../index-lock.ts';
import { isOutside } from '../transition.ts';
import { WorkTree } from '../work-tree.ts';
import { additions } from './additions.ts';
import { isAncestor } from './ancestry.ts';
import { catFiles } from './cat-file.ts';
import { git, gitOutcome, records, startGit } from './command.ts';
import { stagedBeside } from './diff.ts';
import { fastImportWriter } from './fast-import.ts';
import { history } from './history.ts';
import { publish } from './publish.ts';
import { readRef } from './refs.ts';
import { spawnedTrees } from './trees.ts';
import { upkeep } from './upkeep.ts';

export interface GitEngineOptions {
  readonly path: string;
  readonly gitDir: string;
  /** Where the refs are; not the git folder's own in a linked work tree. */
  readonly commonDir: string;
  readonly branch: string;
  readonly objectFormat: ObjectFormat;
}

/** The engine that spawns git's own plumbing, which obeys neither hooks nor the user's excludes. */
export function gitEngine({ path: cwd, gitDir, commonDir, branch, objectFormat }: GitEngineOptions): Engine {
  const none = '0'.repeat(objectFormat === 'sha1' ? 40 : 64);
  const branchRef = `refs/heads/${branch}`;

  const resolve = async (ref: string): Promise<string | null> => {
    const known = ref === branchRef || ref === PENDING_REF ? readRef(commonDir, ref) : undefined;
    if (known !== undefined) return known;
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
    const { stdout } = await gitOutcome(args, { cwd, accept: [1, 128] });
    return stdout.trim() || null;
  };

  const setting = async (name: string): Promise<boolean> =>
    (await gitOutcome(['config', '--type=bool', name], { cwd, accept: [1] })).stdout.trim() === 'true';

  const cone = async (): Promise<Cone | null> => {
    const patterns = readSparsePatterns(gitDir);
    if (patterns === null || !(await setting('core.sparseCheckout'))) return null;
    const parsed = (await setting('core.sparseCheckoutCone')) ? parseCone(patterns) : null;
    if (parsed === null) throw ctxError('git.sparse-patterns', { path: cwd });
    return parsed;
  };

  async function* listed(args: readonly string[], record: RegExp): AsyncGenerator<RegExpExecArray> {
    const child = startGit(args, { cwd });
    child.stdin.end();
    try {
      for await (const line of records(child.stdout)) {
        const match = record.exec(line);
        if (match === null) throw new Error(`git ${args[0]} printed what is not understood`);
        yield match;
      }
      await child.done;
    } finally {
      child.kill();
    }
  }

  return {
    path: cwd,
    gitDir,
    branch,
    engine: 'git',
    objectFormat,
    resolve,

    isAncestor: (ancestor, descendant) => isAncestor(cwd, ancestor, descendant),

    async *entries(commit) {
      const args = ['ls-tree', '-r', '-z', '--full-tree', commit];
      for await (const [, mode, oid, path] of listed(args, /^(\d+) \w+ (\w+)\t(.*)$/s))
        yield entryOf(mode, oid, path);
    },

    trees: () => spawnedTrees(cwd, objectFormat),

    async *blobs(requests) {
      for await (const { request, content } of catFiles(cwd, requests, ({ oid }) => oid)) {
        if (content === null) throw ctxError('git.missing-object', { oid: request.oid, path: request.path });
        yield { ...request, content };
      }
    },

    async contentAt(commit, path) {
      if (/[\n\0]/.test(path)) return null;
      for await (const { content } of catFiles(cwd, [path], () => `${commit}:${path}`)) return content;
      return null;
    },

    writer: (parent) => fastImportWriter(cwd, gitDir, parent, () => resolve(PENDING_REF)),

    async staged(paths, commit) {
      // Before the first commit there may be none, which is an empty one.
      if (commit === null && !existsSync(join(gitDir, 'index'))) return new Map();
      // An index that is the commit's but for a few paths says so at once, by the trees that it has noted.
      const found = new Map(paths.map(({ path, old }) => [path, old]));
      for await (const { path, entry } of stagedBeside(cwd, commit ?? emptyTree(objectFormat)))
        if (found.has(path)) found.set(path, entry);
      return found;
    },

    async *edited() {
      // Of git's ways to compare, this one alone brings the cached file times up to date as it goes.
      const args = [
        'status',
        '-z',
        '--porcelain=v1',
        '--untracked-files=no',
        '--no-renames',
        '--ignore-submodules',
      ];
      for await (const [, path = ''] of listed(args, /^.. (.*)$/s)) yield path;
    },

    cone,

    updateIndex: (differences, written) =>
      rewriteIndex(gitDir, async (draft) => {
        const env = { GIT_INDEX_FILE: draft };
        // Before it is known what of it is outside, an index is not to be folded into folders: in a partial clone, git would
        // ask the remote for each new blob there.
        const settings = ['index.sparse=false'];
        const input = indexInfo(differences, none);
        await git(['update-index', '-z', '--index-info'], { cwd, env, settings, input });
        await written;
        const outside = await cone();
        if (outside !== null) {
          const tree = new WorkTree(cwd, gitDir, objectFormat);
          const skipped = differences
            .filter(({ path, new: next }) => next !== null && isOutside(outside, path, tree.inspect(path)))
            .map(({ path }) => `${path}\0`);
          await git(['update-index', '-z', '--skip-worktree', '--stdin'], {
            cwd,
            env,
            settings,
            input: skipped,
          });
        }
        // Brings its cached file times up to date. Exit code 1 says that some files are edited.
        await gitOutcome(['update-index', '-q', '--refresh'], { cwd, env, accept: [1] });
      }),

    async moveBranch(old, next) {
      const env = { GIT_COMMITTER_NAME: 'context-sync', GIT_COMMITTER_EMAIL: 'context-sync@localhost' };
      const input = [`update ${branchRef} ${next} ${old ?? none}\n`, `delete ${PENDING_REF}\n`];
      try {
        await git(['update-ref', '-m', 'ctx: commit', '--stdin'], { cwd, env, input });
      } catch (error) {
        if ((await resolve(branchRef)) !== old) throw ctxError('git.branch-moved', { branch }, error);
        throw error;
      }
    },

    async dropPending() {
      await git(['update-ref', '-d', PENDING_REF], { cwd });
    },

    push: (options) => publish({ cwd, branchRef, ...options }),
    maintain: ({ revisions = 0 } = {}) => upkeep({ cwd, commonDir, branchRef, revisions }),
    additions: (folder) => additions(cwd, branchRef, folder),
    log: (limit) => history(cwd, branchRef, limit),
  };
}

const entryOf = (mode = '', oid = '', path = ''): PathEntry => ({ path, mode, oid });

function* indexInfo(differences: readonly Difference[], none: string): Generator<string> {
  for (const { path, new: next } of differences) if (next === null) yield `0 ${none}\t${path}\0`;
  for (const { path, new: next } of differences) if (next) yield `${next.mode} ${next.oid}\t${path}\0`;
}
