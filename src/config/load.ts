import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ctxError } from '../core/errors/index.ts';
import { configDir, type Environment, expandHome, homeOf } from '../core/paths.ts';
import { checkYaml } from './checked-yaml.ts';
import { findConfig } from './find.ts';
import { absoluteRemote, secretsOfRemote } from './remote.ts';
import { type Config, configSchema, type SourceConfig } from './schema.ts';
import { checkUrls, fillIn, type MissingVariable } from './values.ts';
import { readVariables } from './variables.ts';

export type LoadedSource =
  | { readonly status: 'ready'; readonly config: SourceConfig }
  /** Optional, and variables are not set: what they stand for reads `https://unset.invalid/NAME`. */
  | { readonly status: 'skipped'; readonly config: SourceConfig; readonly reason: string };

export interface LoadedConfig {
  /** The configuration file, absolute. */
  readonly file: string;
  /** With defaults, variables filled in and paths absolute. Holds secrets. */
  readonly config: Config;
  /** Those that were asked for, in the file's order. */
  readonly sources: readonly LoadedSource[];
  /** Variables of `search` that are not set: a build needs none of them, and a search can do without. */
  readonly unsetForSearch?: readonly string[];
  readonly warnings: readonly string[];
  /** Literal values that must not reach a log or a document. */
  readonly secrets: readonly string[];
}

export interface LoadConfigOptions {
  /** As given by `--config`, relative to `cwd`. */
  readonly file?: string | undefined;
  readonly env: Environment;
  readonly cwd: string;
  /** Ids of the sources to use; the others need no credentials. All without it. */
  readonly only?: readonly string[] | undefined;
  /** Where else the token of a GitHub source may come from whose variable is not set, by the host that people see. */
  readonly githubToken?: (host: string) => Promise<string | undefined>;
}

/**
 * Finds, reads and checks the configuration. Variables come from the environment, then from `.env` beside the
 * file, then from `.env` in the user's configuration folder. Fails with an error of the catalogue (`config.*`)
 * that names every problem at once.
 */
export async function loadConfig(options: LoadConfigOptions): Promise<LoadedConfig> {
  const { file: asked, env, cwd, only } = options;
  const file = findConfig(asked, env, cwd);
  const checked = checkYaml(file, await readText(file), configSchema);
  if ('problems' in checked) throw ctxError('config.invalid', { file, problems: checked.problems });
  const { value: written, source: yaml } = checked;
  const dotenvFiles = [...new Set([join(dirname(file), '.env'), join(configDir(env), '.env')])];
  const variables = await readVariables(env, dotenvFiles);
  const filled = fillIn(written, variables, yaml);
  const urls = checkUrls(written, filled.config, filled.missing, yaml);
  if (urls.problems.length > 0) throw ctxError('config.invalid', { file, problems: urls.problems });

  const { config, missing } = await withGithubTokens(filled, only, options.githubToken);
  const selected = select(config, only);
  const tolerated = (index: number) => {
    const entry = config.sources[index];
    return entry !== undefined && (entry.optional || !selected.includes(entry));
  };
  const ofSearch = missing.filter(({ path }) => path[0] === 'search');
  const needed = missing.filter(
    (each) => !ofSearch.includes(each) && (each.source === undefined || !tolerated(each.source)),
  );
  if (needed.length > 0) {
    throw ctxError('config.missing-variables', { file, missing: needed, places: dotenvFiles });
  }
  const sources = config.sources.map((entry) =>
    'path' in entry && typeof entry.path === 'string'
      ? { ...entry, path: absolutePath(entry.path, file, env) }
      : entry,
  );
  return {
    file,
    config: {
      ...config,
      sources,
      repo: {
        ...config.repo,
        path: absolutePath(config.repo.path, file, env),
        remote: config.repo.remote && absoluteRemote(config.repo.remote, dirname(file), homeOf(env)),
      },
      search: config.search && {
        ...config.search,
        code: config.search.code.map((path) => absolutePath(path, file, env)),
      },
    },
    ...(ofSearch.length > 0 && { unsetForSearch: [...new Set(ofSearch.map(({ name }) => name))] }),
    sources: sources.flatMap((entry, index) =>
      selected.includes(config.sources[index] as SourceConfig) ? withStatus(entry, index, missing) : [],
    ),
    warnings: [...variables.warnings, ...urls.warnings],
    secrets: secretsOf(config, missing),
  };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw ctxError('config.unreadable', { file, reason: code ?? 'unknown' }, error);
  }
}

/** With the tokens that are to be had elsewhere in place of variables that are not set. */
async function withGithubTokens(
  { config, missing }: { readonly config: Config; readonly missing: readonly MissingVariable[] },
  only: readonly string[] | undefined,
  ask: LoadConfigOptions['githubToken'],
): Promise<{ config: Config; missing: readonly MissingVariable[] }> {
  let left = missing;
  const sources = await Promise.all(
    config.sources.map(async (source, index) => {
      const own = missing.filter((each) => each.source === index);
      const isAsked = only === undefined || only.includes(source.id);
      if (ask === undefined || !isAsked || source.type !== 'github' || own.length === 0) return source;
      if (own.some(({ path }) => path.at(-1) !== 'token')) return source;
      const token = await ask(new URL(source.url).hostname.replace(/^api\./, ''));
      if (token === undefined) return source;
      left = left.filter((each) => each.source !== index);
      return { ...source, auth: { token } };
    }),
  );
  return { config: { ...config, sources }, missing: left };
}

function select(config: Config, only: readonly string[] | undefined): SourceConfig[] {
  const known = config.sources.map(({ id }) => id);
  const unknown = only?.find((id) => !known.includes(id));
  if (unknown !== undefined) throw ctxError('config.unknown-source', { id: unknown, known });
  return config.sources.filter(({ id }) => only === undefined || only.includes(id));
}

function withStatus(config: SourceConfig, index: number, missing: readonly MissingVariable[]): LoadedSource {
  const names = missing.filter(({ source }) => source === index).map(({ name }) => name);
  if (names.length === 0) return { status: 'ready', config };
  return { status: 'skipped', config, reason: `not set: ${[...new Set(names)].join(', ')}` };
}

function secretsOf(config: Config, missing: readonly MissingVariable[]): string[] {
  const unset = new Set(missing.filter(({ path }) => path.at(-1) === 'token').map(({ source }) => source));
  const tokens = config.sources
    .filter((_, index) => !unset.has(index))
    .flatMap((source) => ('auth' in source ? (source.auth?.token ?? []) : []));
  const { embeddings, store = '' } = config.search ?? {};
  const isKeyUnset = missing.some(({ path }) => path[0] === 'search' && path.at(-1) === 'key');
  const key = (!isKeyUnset && embeddings?.provider === 'http' && embeddings.key) || [];
  const remotes = [config.repo.remote ?? '', store].flatMap(secretsOfRemote);
  return [...new Set([...tokens, key, ...remotes].flat())];
}

function absolutePath(path: string, file: string, env: Environment): string {
  return resolve(dirname(file), expandHome(path, homeOf(env)));
}
