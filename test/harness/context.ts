import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBuild } from '../../src/cli/run-build.ts';
import type { LoadedConfig } from '../../src/config/load.ts';
import type { AtlassianSource, Config } from '../../src/config/schema.ts';
import type { ConfluenceSource } from '../../src/config/sources/confluence.ts';
import type { JiraSource } from '../../src/config/sources/jira.ts';
import type { Clock } from '../../src/core/clock.ts';
import {
  type RequestRecord,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../src/demo/server.ts';
import type { Workspace } from '../../src/demo/workspace/model.ts';
import { createNetwork } from '../../src/http/network.ts';
import type { Timeouts } from '../../src/http/wire.ts';
import type { BuildResult, SourceReport } from '../../src/pipeline/report.ts';
import type { Redactor } from '../../src/redact/redactor.ts';
import { type FakeClock, fakeClock } from './clock.ts';
import { documentsAt, filesAt, git } from './git.ts';
import { smallWorkspace } from './small-workspace.ts';
import { SOURCE_DEFAULTS } from './source-defaults.ts';

type AtlassianType = AtlassianSource['type'];

export interface ContextOptions extends Omit<SimulatorOptions, 'workspace'> {
  /** Default: `smallWorkspace()`. */
  readonly workspace?: Workspace;
  /** Which sources to configure, in which order. Default: both. */
  readonly sources?: readonly AtlassianType[];
  readonly confluence?: Partial<ConfluenceSource>;
  readonly jira?: Partial<JiraSource>;
  /** Of requests, where they differ from the program's. */
  readonly timeouts?: Partial<Timeouts>;
}

export interface BuildChoices {
  /** Findings to let stay. */
  readonly allow?: Config['secrets']['allow'];
  /** Default: the one that the configuration asks for. */
  readonly redactor?: Redactor;
  readonly full?: boolean;
  /** False: what an interrupted build has read is read again. */
  readonly resume?: boolean;
  /** Interrupts the build. */
  readonly signal?: AbortSignal;
  /** Default: the context's. */
  readonly clock?: Clock;
  readonly commit?: Config['repo']['commit'];
  /** Sources whose history is told anew. */
  readonly backfill?: readonly string[];
  readonly dryRun?: boolean;
  readonly confirmDeletes?: readonly string[];
  /** Configuration that differs from the context's for this build alone. */
  readonly confluence?: Partial<ConfluenceSource>;
  readonly jira?: Partial<JiraSource>;
  readonly sources?: readonly AtlassianType[];
  /** Those of the configured sources that are read. Default: all. */
  readonly only?: readonly AtlassianType[];
  /** Where the repository is pushed to. */
  readonly remote?: string;
  /** The repository to build into. Default: the context's. */
  readonly path?: string;
}

/** A simulated site, a configuration in memory and a repository in a temporary folder. */
export interface TestContext extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly workspace: Workspace;
  readonly path: string;
  readonly clock: FakeClock;
  /** Everything that was logged. */
  readonly lines: readonly string[];
  build(choices?: BuildChoices): Promise<BuildResult>;
  /** Builds, and again with the confirmation if deletions were held back. */
  buildConfirming(choices?: BuildChoices): Promise<BuildResult>;
  /** The documents of a build from nothing, in another repository. */
  fresh(choices?: BuildChoices): Promise<Map<string, string>>;
  files(): Map<string, string>;
  documents(): Map<string, string>;
  git(...args: string[]): string;
  /** How many requests have arrived so far. */
  requestCount(): number;
  bodyRequestsSince(count: number): RequestRecord[];
  /** An empty folder that goes with the context. */
  folder(): Promise<string>;
}

export async function startContext(options: ContextOptions = {}): Promise<TestContext> {
  const { workspace = smallWorkspace(), sources, confluence, jira, timeouts, ...simulation } = options;
  const simulator = await startSimulator({ workspace, ...simulation });
  const root = await mkdtemp(join(tmpdir(), 'context-sync-test-'));
  const path = join(root, 'repo');
  const clock = fakeClock();
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const log = { info: say, warn: say, debug: say, progress() {} };
  let folders = 0;

  const build = async (choices: BuildChoices = {}) => {
    const loaded = configuration(simulator, choices.path ?? path, {
      sources: choices.sources ?? sources ?? ['confluence', 'jira'],
      confluence: { ...confluence, ...choices.confluence },
      jira: { ...jira, ...choices.jira },
      allow: choices.allow ?? [],
      commit: choices.commit ?? 'per-run',
      remote: choices.remote ?? null,
    });
    const { only } = choices;
    const selected = only
      ? loaded.sources.filter(({ config }) => (only as readonly string[]).includes(config.type))
      : loaded.sources;
    const { full = false, backfill = [], dryRun = false, confirmDeletes = [] } = choices;
    const { redactor, resume = true, signal = new AbortController().signal } = choices;
    return runBuild({
      ...{
        loaded: { ...loaded, sources: selected },
        push: choices.remote !== undefined,
        full,
        resume,
        backfill,
        dryRun,
        confirmDeletes,
        clock: choices.clock ?? clock,
        log,
        signal,
        ...(redactor && { redactor }),
      },
      network: createNetwork({}, timeouts),
    });
  };

  return {
    simulator,
    workspace,
    path,
    clock,
    lines,
    build,
    async buildConfirming(choices = {}) {
      const result = await build(choices);
      const confirmDeletes = fingerprintsOf(result);
      return confirmDeletes.length === 0 ? result : build({ ...choices, confirmDeletes });
    },
    async fresh(choices = {}) {
      const other = join(root, `fresh-${folders++}`);
      await build({ ...choices, path: other });
      return documentsAt(other);
    },
    files: () => filesAt(path),
    documents: () => documentsAt(path),
    git: (...args) => git(path, args).toString(),
    requestCount: () => simulator.requests.length,
    bodyRequestsSince: (count) => simulator.requests.slice(count).filter(({ isBody }) => isBody),
    async folder() {
      return mkdtemp(join(root, 'folder-'));
    },
    async [Symbol.asyncDispose]() {
      await simulator.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** What the user would give to `--confirm-deletes`. */
export function fingerprintsOf({ errors }: BuildResult): string[] {
  return errors.flatMap((error) => (error.is('build.mass-deletion') ? [error.params.fingerprint] : []));
}

export function reportOf(result: BuildResult, source: string): SourceReport {
  const report = result.report.sources.find(({ id }) => id === source);
  if (report === undefined) throw new Error(`the report says nothing of ${source}`);
  return report;
}

function configuration(
  { url, credentials }: Simulator,
  path: string,
  {
    sources,
    confluence,
    jira,
    allow,
    commit,
    remote,
  }: Required<
    Pick<ContextOptions, 'sources' | 'confluence' | 'jira'> & Pick<BuildChoices, 'allow' | 'commit'>
  > & { readonly remote: string | null },
): LoadedConfig {
  const common = {
    url,
    auth: credentials,
    ...SOURCE_DEFAULTS,
    gateway: url,
  };
  const configs: { readonly [type in AtlassianType]: AtlassianSource } = {
    confluence: { id: 'confluence', type: 'confluence', spaces: 'all', ...common, ...confluence },
    jira: {
      id: 'jira',
      type: 'jira',
      views: {
        ASSIGNED: 'assignee = currentUser() AND resolution = Unresolved',
        WATCHING: 'watcher = currentUser() AND resolution = Unresolved',
        PROJECT: 'project in (SHOP, OPS)',
      },
      ...common,
      ...jira,
    },
  };
  const config = {
    version: 1 as const,
    repo: { path, remote, branch: 'main', commit },
    secrets: { allow },
    sources: sources.map((type) => configs[type]),
  };
  return {
    file: 'context.config.yaml',
    config,
    sources: config.sources.map((source) => ({ status: 'ready', config: source })),
    warnings: [],
    secrets: [credentials.token],
  };
}
