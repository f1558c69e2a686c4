import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBuild } from '../../../src/cli/run-build.ts';
import type { GithubSource } from '../../../src/config/sources/github.ts';
import {
  type GithubSimulator,
  type GithubSimulatorOptions,
  startGithubSimulator,
} from '../../../src/demo/github/server.ts';
import type { GithubWorkspace } from '../../../src/demo/github/workspace.ts';
import { readDocument } from '../../../src/frontmatter/read.ts';
import { createNetwork } from '../../../src/http/network.ts';
import type { BuildResult } from '../../../src/pipeline/report.ts';
import { clockOf } from '../../harness/clock.ts';
import { fingerprintsOf } from '../../harness/context.ts';
import { documentsAt, filesAt, git } from '../../harness/git.ts';

export interface GithubBuild {
  readonly full?: boolean;
  readonly resume?: boolean;
  readonly confirmDeletes?: readonly string[];
  /** Configuration that differs for this build alone. */
  readonly config?: Partial<GithubSource>;
  /** Interrupts the build. */
  readonly signal?: AbortSignal;
  /** Each look at the clock is seconds after the last, so that all that is read is durable at once. */
  readonly isHasty?: boolean;
  /** The repository to build into. Default: the context's. */
  readonly path?: string;
}

/** A simulated GitHub, a configuration in memory and a repository in a temporary folder. */
export interface GithubContext extends AsyncDisposable {
  readonly simulator: GithubSimulator;
  readonly workspace: GithubWorkspace;
  /** Everything that was logged. */
  readonly lines: readonly string[];
  build(choices?: GithubBuild): Promise<BuildResult>;
  /** Builds, and again with the confirmation if deletions were held back. */
  buildConfirming(choices?: GithubBuild): Promise<BuildResult>;
  documents(): Map<string, string>;
  files(): Map<string, string>;
  /** The one document whose path ends so; without its frontmatter. */
  text(path: string): string;
  /** The documents of a build from nothing, in another repository. */
  fresh(choices?: GithubBuild): Promise<Map<string, string>>;
  git(...args: string[]): string;
  /** What was asked since the last time that this was asked: operations of GraphQL, and paths of REST. */
  calls(): string[];
  /** What builds have waited for, in milliseconds. */
  readonly waits: readonly number[];
  /** The repository. */
  readonly path: string;
  /** The source as builds are configured. */
  readonly source: GithubSource;
}

export interface GithubContextOptions extends GithubSimulatorOptions {
  readonly config?: Partial<GithubSource>;
}

export async function startGithub(options: GithubContextOptions = {}): Promise<GithubContext> {
  const { config, ...simulation } = options;
  const simulator = await startGithubSimulator(simulation);
  const { workspace, token } = simulator;
  const root = await mkdtemp(join(tmpdir(), 'context-sync-test-'));
  const path = join(root, 'repo');
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const log = { info: say, warn: say, debug: say, progress() {} };
  let folders = 0;
  let told = 0;

  const waits: number[] = [];
  const sourceOf = (own?: Partial<GithubSource>): GithubSource => ({
    ...{ id: 'github', type: 'github', url: simulator.url, auth: { token } },
    ...{ repositories: ['fernhollow/storefront'], views: {}, days: 'all', comments: true },
    include: ['pulls', 'issues', 'discussions', 'releases', 'readme'],
    ...{ optional: false, exclude: [] },
    ...config,
    ...own,
  });
  const build = async (choices: GithubBuild = {}) => {
    const source = sourceOf(choices.config);
    return runBuild({
      loaded: {
        file: 'context.config.yaml',
        config: {
          version: 1,
          repo: { path: choices.path ?? path, remote: null, branch: 'main', commit: 'per-run' },
          secrets: { allow: [] },
          sources: [source],
        },
        sources: [{ status: 'ready', config: source }],
        warnings: [],
        secrets: [token],
      },
      ...{ full: choices.full ?? false, resume: choices.resume ?? true },
      ...{ push: false, backfill: [], dryRun: false, confirmDeletes: choices.confirmDeletes ?? [] },
      ...{
        clock: clockOf(workspace, { step: choices.isHasty ? 1001 : 0, waits }),
        log,
        signal: choices.signal ?? new AbortController().signal,
      },
      network: createNetwork(),
    });
  };
  const documents = () => documentsAt(path);

  return {
    ...{ simulator, workspace, path, lines, waits, source: sourceOf(), build, documents },
    files: () => filesAt(path),
    async buildConfirming(choices = {}) {
      const result = await build(choices);
      const confirmDeletes = fingerprintsOf(result);
      return confirmDeletes.length === 0 ? result : build({ ...choices, confirmDeletes });
    },
    text(end) {
      const [found, ...others] = [...documents()].filter(([name]) => name.endsWith(end));
      if (found === undefined || others.length > 0)
        throw new Error(
          `${end}: ${others.length + Number(found !== undefined)} of ${[...documents().keys()]}`,
        );
      return readDocument(found[1])?.body ?? '';
    },
    async fresh(choices = {}) {
      const other = join(root, `fresh-${folders++}`);
      await build({ ...choices, path: other });
      return documentsAt(other);
    },
    git: (...args) => git(path, args).toString(),
    calls() {
      const since = simulator.requests
        .slice(told)
        .map(({ operation, path: called }) => operation ?? called.replace(/^\/api\/v3/, ''));
      told = simulator.requests.length;
      return since;
    },
    async [Symbol.asyncDispose]() {
      await simulator.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
