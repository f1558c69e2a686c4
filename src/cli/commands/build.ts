import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type LoadedConfig, loadConfig } from '../../config/load.ts';
import type { Config } from '../../config/schema.ts';
import { counted } from '../../core/counted.ts';
import { withoutCredentials } from '../../git/credentials.ts';
import type { BuildResult, ChangeKind, DocumentGuard, SourceReport } from '../../pipeline/report.ts';
import { runBuildHooks } from '../build-hooks.ts';
import { type BuildOutcome, failedOutcome, outcomeOf } from '../build-outcome.ts';
import type { CommandContext } from '../command-context.ts';
import { buildDigest } from '../digest.ts';
import { duration, type Output } from '../output.ts';
import { indexAfterBuild } from '../search-index.ts';
import { withdrawnLine } from '../withdrawn.ts';

export interface BuildCommandOptions {
  readonly config?: string;
  readonly source?: readonly string[];
  readonly full?: boolean;
  readonly resume?: boolean;
  /** Sources whose history is told anew. */
  readonly backfill?: readonly string[];
  readonly dryRun?: boolean;
  readonly push?: boolean;
  readonly confirmDeletes?: readonly string[];
  /** Whether the search index is brought up to date; the default. */
  readonly index?: boolean;
  /** Files to which what became of the run is added: as markdown, and as `NAME=VALUE`. */
  readonly summary?: string;
  readonly outputs?: string;
  readonly json?: boolean;
}

const LISTED_ERRORS = 20;
const LISTED_WARNINGS = 10;

/** `ctx build`: one run of the configured sources into the context repository. */
export async function buildCommand(options: BuildCommandOptions, context: CommandContext): Promise<number> {
  const { output, env, signal } = context;
  let loaded: LoadedConfig | undefined;
  const tell = async (outcome: BuildOutcome) => {
    if (loaded !== undefined && !options.dryRun)
      await runBuildHooks(outcome, { loaded, env, output, signal });
    await reportToFiles(outcome, options, context);
  };
  let outcome: BuildOutcome;
  try {
    loaded = await load(options, context);
    outcome = await buildAndReport(loaded, options, context);
  } catch (error) {
    // Who interrupts a run knows it.
    if (!signal.aborted) await tell(failedOutcome(error));
    throw error;
  }
  await tell(outcome);
  return outcome.exitCode;
}

async function load(
  options: BuildCommandOptions,
  { output, env, cwd }: CommandContext,
): Promise<LoadedConfig> {
  const loaded = await loadConfig({
    ...{ file: options.config, env, cwd, only: options.source },
    githubToken: async (host) => (await import('../github-token.ts')).githubCliToken(host, env),
  });
  output.hide(loaded.secrets);
  for (const warning of loaded.warnings) output.warn(warning);
  return loaded;
}

async function buildAndReport(
  loaded: LoadedConfig,
  options: BuildCommandOptions,
  context: CommandContext,
): Promise<BuildOutcome> {
  const { output, env, signal } = context;
  // Imported only now: a mistake in the configuration is said without loading the connectors.
  const [{ runBuild }, { createNetwork }] = await Promise.all([
    import('../run-build.ts'),
    import('../../http/network.ts'),
  ]);
  const result = await runBuild({
    loaded,
    full: options.full ?? false,
    resume: options.resume ?? true,
    backfill: options.backfill ?? [],
    dryRun: options.dryRun ?? false,
    push: options.push ?? false,
    confirmDeletes: options.confirmDeletes ?? [],
    network: createNetwork(env),
    log: output,
    signal,
  });
  output.endProgress();
  reportProblems(result, output);
  if (options.json) output.json(result.report);
  else {
    printSummary(result, loaded.config.repo.path, options.dryRun ?? false, output);
    if (options.push && result.report.commit !== null) printPush(loaded.config.repo, output);
  }
  if (!options.dryRun && options.index !== false)
    await indexAfterBuild(loaded, context, { withCode: options.source === undefined });
  return outcomeOf(result);
}

async function reportToFiles(
  outcome: BuildOutcome,
  { summary, outputs }: BuildCommandOptions,
  { output, cwd }: CommandContext,
): Promise<void> {
  if (summary !== undefined) await appendFile(resolve(cwd, summary), output.text(buildDigest(outcome)));
  if (outputs !== undefined) await appendFile(resolve(cwd, outputs), outputLines(outcome));
}

/** Numbers and an object id: nothing of a source's is in them. */
function outputLines({ exitCode, commit, counts }: BuildOutcome): string {
  const { added, modified, renamed, deleted } = counts;
  const values = { ...counts, changed: added + modified + renamed + deleted };
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}\n`);
  return `exit-code=${exitCode}\ncommit=${commit ?? ''}\n${lines.join('')}`;
}

export function reportProblems({ errors, warnings, report }: BuildResult, output: Output): void {
  for (const document of report.sources.flatMap(({ withdrawn }) => withdrawn))
    output.warn(withdrawnLine(document));
  const redacted = report.sources.flatMap(({ guarded }) => guarded.filter(hasSecrets));
  for (const document of redacted.slice(0, LISTED_WARNINGS)) output.warn(redactedLine(document));
  if (redacted.length > LISTED_WARNINGS)
    output.info(`… and ${counted(redacted.length - LISTED_WARNINGS, 'more document')} with secrets`);
  for (const error of errors.slice(0, LISTED_ERRORS)) output.error(error);
  if (errors.length > LISTED_ERRORS)
    output.info(`… and ${counted(errors.length - LISTED_ERRORS, 'more error')}`);
  for (const { path, degraded, lost, constructs } of warnings.slice(0, LISTED_WARNINGS)) {
    const counts = [lost > 0 && `${lost} lost`, degraded > 0 && `${degraded} degraded`].filter(Boolean);
    output.warn(`${path}: not rendered in full: ${constructs.join(', ')} (${counts.join(', ')})`);
  }
  if (warnings.length > LISTED_WARNINGS)
    output.info(`… and ${counted(warnings.length - LISTED_WARNINGS, 'more document')} with warnings`);
}

function hasSecrets({ redacted }: DocumentGuard): boolean {
  return Object.keys(redacted).length > 0;
}

/** Such as `jira/ASSIGNED/SHOP-12-fix.md: 2 jwt, 1 password redacted; they are still in the source: rotate them`. */
function redactedLine({ path, redacted }: DocumentGuard): string {
  const kinds = Object.entries(redacted).map(([kind, count]) => `${count} ${kind}`);
  return `${path}: ${kinds.join(', ')} redacted; the source still shows them: rotate them there`;
}

export function printSummary(result: BuildResult, path: string, dryRun: boolean, output: Output): void {
  for (const source of result.report.sources) output.print(sourceLine(source));
  if (dryRun) {
    for (const { kind, path: file } of result.changes) output.print(`${SIGNS[kind]} ${file}`);
    output.print('Dry run: nothing was written.');
  } else if (result.report.commit === null) {
    // What could not be read may well have news.
    const upToDate = result.errors.length === 0 ? `${path} is up to date.` : `${path} stays as it was.`;
    output.print(`No commit: ${upToDate}`);
  } else {
    const { commit, revisions } = result.report;
    const told = revisions > 0 ? `, after ${revisions} of what people did` : '';
    output.print(`Commit ${commit.slice(0, 10)} in ${path}${told}`);
  }
}

function printPush({ branch, remote }: Config['repo'], output: Output): void {
  output.print(`Pushed ${branch} to ${withoutCredentials(remote ?? 'origin')}`);
}

const SIGNS: Record<ChangeKind, string> = { added: '+', modified: '~', renamed: '>', deleted: '-' };

const COUNTS = ['added', 'modified', 'renamed', 'deleted', 'unchanged', 'failed'] as const;

/** Of which there is a thing to count. */
const COUNTED = [
  ['redacted', 'secret', 'redacted'],
  ['allowed', 'secret', 'allowed'],
  ['invisible', 'invisible character', 'removed'],
] as const;

/** One source's run in a line, such as `jira: 2 modified, 83 unchanged (5 requests, 1 s)`. */
export function sourceLine(source: SourceReport): string {
  const { id, status, reason, requests, ms } = source;
  if (status === 'skipped') return `${id}: skipped (${reason})`;
  if (status === 'failed') return `${id}: failed`;
  const counts = COUNTS.filter((name) => source[name] > 0).map((name) => `${source[name]} ${name}`);
  for (const [name, what, done] of COUNTED)
    if (source[name] > 0) counts.push(`${counted(source[name], what)} ${done}`);
  for (const name of ['added', 'removed', 'skipped'] as const)
    if (source.attachments[name] > 0)
      counts.push(`${counted(source.attachments[name], 'attachment')} ${name}`);
  const { degraded, lost } = source.fidelity;
  if (lost > 0) counts.push(`${counted(lost, 'construct')} lost`);
  if (degraded > 0) counts.push(`${counted(degraded, 'construct')} degraded`);
  return `${id}: ${counts.join(', ') || 'no documents'} (${counted(requests, 'request')}, ${duration(ms / 1000)})`;
}
