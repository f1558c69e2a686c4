import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBuild } from '../../../src/cli/run-build.ts';
import type { SlackSource } from '../../../src/config/sources/slack.ts';
import { emptyFernhollow } from '../../../src/demo/slack/company.ts';
import {
  type SlackSimulator,
  type SlackSimulatorOptions,
  startSlackSimulator,
} from '../../../src/demo/slack/server.ts';
import type { SlackWorkspace } from '../../../src/demo/slack/workspace.ts';
import { createNetwork } from '../../../src/http/network.ts';
import type { BuildResult } from '../../../src/pipeline/report.ts';
import { clockOf } from '../../harness/clock.ts';
import { fingerprintsOf } from '../../harness/context.ts';
import { documentsAt, filesAt, git } from '../../harness/git.ts';

export interface SlackBuild {
  readonly full?: boolean;
  readonly resume?: boolean;
  readonly confirmDeletes?: readonly string[];
  /** Configuration that differs for this build alone. */
  readonly config?: Partial<SlackSource>;
  /** Interrupts the build. */
  readonly signal?: AbortSignal;
  /** Each look at the clock is seconds after the last, so that all that is read is durable at once. */
  readonly isHasty?: boolean;
  /** Read this export in place of the API. */
  readonly exported?: string;
  /** The repository to build into. Default: the context's. */
  readonly path?: string;
}

/** A simulated workspace, a configuration in memory and a repository in a temporary folder. */
export interface SlackContext extends AsyncDisposable {
  readonly simulator: SlackSimulator;
  readonly workspace: SlackWorkspace;
  /** Everything that was logged. */
  readonly lines: readonly string[];
  build(choices?: SlackBuild): Promise<BuildResult>;
  /** Builds, and again with the confirmation if deletions were held back. */
  buildConfirming(choices?: SlackBuild): Promise<BuildResult>;
  documents(): Map<string, string>;
  files(): Map<string, string>;
  /** The documents of a build from nothing, in another repository. */
  fresh(choices?: SlackBuild): Promise<Map<string, string>>;
  git(...args: string[]): string;
  /** What was called since the last time that this was asked. */
  calls(): string[];
  /** What builds have waited for, in milliseconds. */
  readonly waits: readonly number[];
  /** The repository. */
  readonly path: string;
  /** The source as builds are configured. */
  readonly source: SlackSource;
}

export interface SlackContextOptions extends Omit<SlackSimulatorOptions, 'workspace'> {
  readonly workspace?: SlackWorkspace;
  readonly config?: Partial<SlackSource>;
  /** Read as a person, who may search, and not as a bot. */
  readonly asPerson?: boolean;
}

/** What a configuration is if it says no more than it has to, but for where it reads. */
export const DEFAULTS = {
  ...{ id: 'slack', type: 'slack', url: 'https://slack.com', files_url: 'https://files.slack.com' },
  ...{ channels: 'all', direct_messages: [], group_messages: [] },
  ...{ recent_days: 2, late_replies_days: 30, threads: true, bots: false, joins: false },
  ...{ workers: 3, direction: 'backwards', delay: 0 },
  ...{ attachments: 'none', max_attachment_mb: 25, page_size: 200, requests_per_minute: {} },
  ...{ optional: false, exclude: [] },
} satisfies SlackSource;

export const NOW = '2026-03-02T07:30:00Z';

/** People, and no channel. */
export function emptyWorkspace(): SlackWorkspace {
  return emptyFernhollow(NOW);
}

export async function startSlack(options: SlackContextOptions = {}): Promise<SlackContext> {
  const { workspace = emptyWorkspace(), config, asPerson = false, ...simulation } = options;
  const simulator = await startSlackSimulator({ workspace, ...simulation });
  const root = await mkdtemp(join(tmpdir(), 'context-sync-test-'));
  const path = join(root, 'repo');
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const log = { info: say, warn: say, debug: say, progress() {} };
  let folders = 0;
  let told = 0;
  const waits: number[] = [];
  const token = asPerson ? simulator.userToken : simulator.token;

  const sourceOf = ({ exported, config: own }: SlackBuild = {}): SlackSource => ({
    ...DEFAULTS,
    ...(exported === undefined
      ? { url: new URL(simulator.url).origin, files_url: simulator.filesUrl, auth: { token }, days: 90 }
      : { path: exported }),
    ...config,
    ...own,
  });
  const build = async (choices: SlackBuild = {}) => {
    const source = sourceOf(choices);
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

  return {
    ...{ simulator, workspace, path, lines, waits, source: sourceOf(), build },
    async buildConfirming(choices = {}) {
      const result = await build(choices);
      const confirmDeletes = fingerprintsOf(result);
      return confirmDeletes.length === 0 ? result : build({ ...choices, confirmDeletes });
    },
    documents: () => documentsAt(path),
    files: () => filesAt(path),
    async fresh(choices = {}) {
      const other = join(root, `fresh-${folders++}`);
      await build({ ...choices, path: other });
      return documentsAt(other);
    },
    git: (...args) => git(path, args).toString(),
    calls() {
      const since = simulator.requests.slice(told).map(({ method }) => method);
      told = simulator.requests.length;
      return since;
    },
    async [Symbol.asyncDispose]() {
      await simulator.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
