import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runBuild } from '../../src/cli/run-build.ts';
import type { LoadedConfig } from '../../src/config/load.ts';
import { configSchema, type SourceConfig } from '../../src/config/schema.ts';
import type { BuildResult } from '../../src/pipeline/report.ts';
import { temporaryFolder } from '../git/fixture.ts';
import { documentsAt, filesAt, git } from './git.ts';

export interface LocalBuildChoices {
  readonly full?: boolean;
  readonly confirmDeletes?: readonly string[];
  /** The repository to build into. Default: the context's. */
  readonly path?: string;
  readonly sources?: readonly unknown[];
  readonly signal?: AbortSignal;
}

/** Builds from sources that need no simulated service, as they are written in a configuration. */
export interface LocalContext {
  readonly path: string;
  /** Everything that was logged. */
  readonly lines: string[];
  readonly cache: string;
  build(choices?: LocalBuildChoices): Promise<BuildResult>;
  /** Builds, and again with the confirmation if deletions were held back. */
  buildConfirming(choices?: LocalBuildChoices): Promise<BuildResult>;
  /** The documents of a build from nothing, in another repository. */
  fresh(): Promise<Map<string, string>>;
  documents(): Map<string, string>;
  files(): Map<string, string>;
  git(...args: string[]): string;
}

/** `variables` stand for `${NAME}` in the sources. */
export function localContext(
  sources: readonly unknown[],
  variables: Readonly<Record<string, string>> = {},
): LocalContext {
  const root = temporaryFolder();
  const [path, cache] = [join(root, 'repo'), join(root, 'cache')];
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const log = { info: say, warn: say, debug() {}, progress() {} };
  let folders = 0;
  const build = async (choices: LocalBuildChoices = {}) => {
    const controller = new AbortController();
    onTestFinished(() => controller.abort());
    return runBuild({
      loaded: loadedOf(choices.path ?? path, choices.sources ?? sources, variables),
      full: choices.full ?? false,
      confirmDeletes: choices.confirmDeletes ?? [],
      ...{ cache, log, signal: choices.signal ?? controller.signal },
    });
  };
  return {
    ...{ path, lines, cache, build },
    async buildConfirming(choices = {}) {
      const result = await build(choices);
      const confirmDeletes = result.errors.flatMap((error) =>
        error.is('build.mass-deletion') ? [error.params.fingerprint] : [],
      );
      return confirmDeletes.length === 0 ? result : build({ ...choices, confirmDeletes });
    },
    async fresh() {
      const other = join(root, `fresh-${folders++}`);
      await build({ path: other });
      return documentsAt(other);
    },
    documents: () => documentsAt(path),
    files: () => filesAt(path),
    git: (...args) => git(path, args).toString(),
  };
}

function loadedOf(
  path: string,
  written: readonly unknown[],
  variables: Readonly<Record<string, string>>,
): LoadedConfig {
  const parsed = configSchema.parse({ version: 1, repo: { path }, sources: written });
  const filled = JSON.stringify(parsed).replace(/\$\{(\w+)\}/g, (_, name: string) => variables[name] ?? '');
  const config = JSON.parse(filled) as LoadedConfig['config'];
  const secrets = config.sources.flatMap((source) => ('auth' in source ? (source.auth?.token ?? []) : []));
  return {
    file: 'context.config.yaml',
    config,
    sources: config.sources.map((source: SourceConfig) => ({ status: 'ready', config: source })),
    warnings: [],
    secrets,
  };
}
