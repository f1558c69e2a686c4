import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type SimpleGit, simpleGit } from 'simple-git';
import type { ContextRepo } from '../../git/repo.ts';
import type { BuildReport, BuildResult, DocumentChange } from '../../pipeline/report.ts';
import type { CommandContext } from '../command-context.ts';
import { companyFilesIn } from '../demo/company-files.ts';
import { demoConfig, type Services } from '../demo/config.ts';
import { exitCodeOfRun } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { runBuild } from '../run-build.ts';
import { indexAfterBuild } from '../search-index.ts';
import { reportProblems, sourceLine } from './build.ts';

export interface DemoCommandOptions {
  readonly dir?: string;
  readonly serve?: boolean;
  readonly json?: boolean;
}

/**
 * `ctx demo`: a simulated workspace on a loopback port, built, built again without changes, edited as a team would in a
 * morning, and built once more. With `--serve` the workspace only runs, for `ctx build` to be pointed at.
 */
export async function demoCommand(options: DemoCommandOptions, context: CommandContext): Promise<number> {
  const { startSimulator } = await import('../../demo/server.ts');
  const { startSlackSimulator } = await import('../../demo/slack/server.ts');
  const { startGithubSimulator } = await import('../../demo/github/server.ts');
  const running: { close(): Promise<void> }[] = [];
  try {
    const atlassian = await startSimulator({ control: options.serve ?? false });
    running.push(atlassian);
    const slack = await startSlackSimulator({ atlassianSite: atlassian.url });
    running.push(slack);
    const github = await startGithubSimulator({ atlassianSite: atlassian.url });
    running.push(github);
    const services = { atlassian, slack, github };
    return options.serve ? await serve(services, context) : await show(services, options, context);
  } finally {
    await Promise.all(running.map((service) => service.close()));
  }
}

async function serve(
  { atlassian, slack, github }: Services,
  { output, signal }: CommandContext,
): Promise<number> {
  const { url, credentials } = atlassian;
  for (const product of ['CONFLUENCE', 'JIRA']) {
    output.print(`export ${product}_URL=${url}`);
    output.print(`export ${product}_USERNAME=${credentials.username}`);
    output.print(`export ${product}_API_TOKEN=${credentials.token}`);
  }
  output.print(`export SLACK_URL=${new URL(slack.url).origin}`);
  output.print(`export SLACK_FILES_URL=${slack.filesUrl}`);
  output.print(`export SLACK_TOKEN=${slack.token}`);
  output.print(`export GITHUB_API_URL=${github.url}`);
  output.print(`export GITHUB_TOKEN=${github.token}`);
  output.info('The workspace runs until you press Ctrl-C. Set these in another terminal, then: ctx build');
  output.info(`Edit it with POST ${url}/__control {"op": "applyMorning"}`);
  await new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }));
  return 0;
}

async function show(
  services: Services,
  options: DemoCommandOptions,
  context: CommandContext,
): Promise<number> {
  const { output, cwd, signal } = context;
  const { applyMorning } = await import('../../demo/workspace/morning.ts');
  const { applySlackMorning } = await import('../../demo/slack/morning.ts');
  const { applyGithubMorning } = await import('../../demo/github/morning.ts');
  const { atlassian, slack, github } = services;
  const dir = options.dir ? resolve(cwd, options.dir) : await mkdtemp(join(tmpdir(), 'context-sync-demo-'));
  // Beside the repository: in it, files of others do not belong.
  const folder = `${dir}.fernhollow`;
  const files = await companyFilesIn(folder, atlassian.url, dir);
  await files.deliver(false);
  const loaded = demoConfig(services, files, dir);
  output.hide(loaded.secrets);
  const builds: BuildResult[] = [];
  const step = async (title: string): Promise<ContextRepo> => {
    if (!options.json) output.print(`\n# ${title}`);
    const result = await runBuild({ loaded, log: output, signal });
    output.endProgress();
    builds.push(result);
    if (builds.length === 1 || result.errors.length > 0) reportProblems(result, output);
    if (!options.json) printBuild(result, output);
    return result.repo;
  };

  if (!options.json)
    output.print(
      `A simulated Confluence and Jira answer at ${atlassian.url}, a Slack at ${slack.url}, a GitHub at ${github.url}; mail${files.code ? ', code' : ''}, an assistant's memory and personas are in ${folder}`,
    );
  await step('First build');
  await step('Second build: nothing has changed, so there is no commit');
  // Talk names pages by their titles, which the morning changes.
  applySlackMorning(slack.workspace, atlassian.workspace);
  applyMorning(atlassian.workspace);
  applyGithubMorning(github.workspace);
  await files.deliver(true);
  const repo = await step(
    `A morning later: pages edited, moved, renamed, restricted; tickets moved on; late replies; new mail; a pull request merged${files.code ? '; a decision committed' : ''}`,
  );
  await indexAfterBuild(loaded, context, { withCode: true });
  if (options.json) output.json({ dir, builds: builds.map(({ report }) => report) satisfies BuildReport[] });
  else await showHistory(repo, builds, folder, output);
  return exitCodeOfRun(
    builds.flatMap(({ errors }) => errors),
    true,
  );
}

function printBuild({ report }: BuildResult, output: Output): void {
  for (const source of report.sources) output.print(sourceLine(source));
  output.print(report.commit === null ? 'no commit' : `commit ${report.commit.slice(0, 10)}`);
}

async function showHistory(
  repo: ContextRepo,
  builds: readonly BuildResult[],
  /** Of the company's files. */
  folder: string,
  output: Output,
): Promise<void> {
  if (repo.engine === 'git') {
    const git = simpleGit(repo.path);
    output.print(
      `\n$ git log -1 --stat=100,70\n${firstLines(await git.raw(['log', '-1', '--stat=100,70']), 60)}`,
    );
    const edited = await mostEdited(git, builds.at(-1)?.changes ?? []);
    if (edited !== undefined) {
      const diff = await git.raw(['diff', '--unified=2', 'HEAD~1', 'HEAD', '--', edited]);
      output.print(`\n$ git diff HEAD~1 HEAD -- ${edited}\n${firstLines(diff, 40)}`);
    }
  } else {
    const entries = await repo.log(10);
    output.print(entries.map(({ id, subject }) => `${id.slice(0, 10)} ${subject}`).join('\n'));
  }
  output.print(`\nThe repository is ${repo.path}: read INDEX.md there, or try`);
  output.print(`  git -C ${repo.path} log --stat`);
  output.print(`  grep -ril postgres ${repo.path}/confluence`);
  output.print(`  ctx persona build --persona devops --dir ${join(folder, 'personas')}`);
  // Both read the history by git itself.
  if (repo.engine !== 'git') return;
  output.print(`  ctx search "How does billing work?" --repo ${repo.path}`);
  output.print(
    `  ctx gather "How does billing work?" --repo ${repo.path} --memory ${join(folder, 'memory')}`,
  );
}

/** The page whose change has most to show. */
async function mostEdited(git: SimpleGit, changes: readonly DocumentChange[]): Promise<string | undefined> {
  const paths = changes
    .filter(({ kind, source }) => kind === 'modified' && source === 'confluence')
    .map(({ path }) => path);
  if (paths.length === 0) return undefined;
  const stat = await git.raw(['diff', '--numstat', '-z', 'HEAD~1', 'HEAD', '--', ...paths]);
  const files = stat
    .split('\0')
    .filter(Boolean)
    .map((line) => line.split('\t'));
  const size = ([added, removed]: string[]) => Number(added) + Number(removed);
  return files.sort((a, b) => size(b) - size(a))[0]?.[2];
}

function firstLines(text: string, count: number): string {
  const lines = text.trimEnd().split('\n');
  return lines.length <= count
    ? lines.join('\n')
    : [...lines.slice(0, count), `… ${lines.length - count} more lines`].join('\n');
}
