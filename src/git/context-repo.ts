import { commit, moveTo } from './commit.ts';
import type { Engine } from './engine.ts';
import { readIntent } from './intent.ts';
import { byBytes } from './paths.ts';
import { recover } from './recover.ts';
import type { ContextRepo, TreeEntry } from './repo.ts';
import { differencesBetween } from './transition.ts';

/** The repository over one of its engines. */
export function contextRepo(engine: Engine): ContextRepo {
  const head = () => engine.resolve(`refs/heads/${engine.branch}`);
  return {
    path: engine.path,
    gitDir: engine.gitDir,
    branch: engine.branch,
    engine: engine.engine,
    objectFormat: engine.objectFormat,
    head,
    tree: (ref) => filesOf(engine, ref),
    read: (entries) => engine.blobs(entries),
    async readAt(path, ref) {
      const commitId = ref === undefined ? await head() : await engine.resolve(ref);
      return commitId === null ? null : engine.contentAt(commitId, path);
    },
    recover: () => recover(engine),
    localEdits: (ours) => localEdits(engine, ours),
    commit: (options) => commit(engine, options),
    async moveTo(next, options = {}) {
      const old = await head();
      try {
        await moveTo(engine, old, next, await differencesBetween(engine, old, next), options);
      } catch (error) {
        if (readIntent(engine.gitDir) === null) await engine.dropPending();
        throw error;
      }
    },
    push: (options) => engine.push(options),
    cone: () => engine.cone(),
    maintain: (options) => engine.maintain(options),
    async *additions(folder) {
      if ((await head()) !== null) yield* engine.additions(folder);
    },
    log: async (limit) => ((await head()) === null ? [] : engine.log(limit)),
  };
}

async function* filesOf(engine: Engine, ref = `refs/heads/${engine.branch}`): AsyncGenerator<TreeEntry> {
  const head = await engine.resolve(ref);
  if (head === null) return;
  for await (const { path, mode, oid } of engine.entries(head))
    if (mode.startsWith('100')) yield { path, oid };
}

async function localEdits(engine: Engine, ours: Iterable<string>): Promise<string[]> {
  const owned = new Set(ours);
  if (owned.size === 0) return [];
  const found: string[] = [];
  for await (const path of engine.edited()) if (owned.has(path)) found.push(path);
  return found.sort(byBytes);
}
