import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { absoluteRemote } from '../../config/remote.ts';
import { readVariables } from '../../config/variables.ts';
import { ctxError } from '../../core/errors/index.ts';
import { expandHome, homeOf } from '../../core/paths.ts';
import type { Answers, Home } from '../../set-up/answers.ts';
import type { PlannedFile } from '../../set-up/files.ts';
import type { Given } from '../../set-up/gather.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import type { Prompts } from '../prompts.ts';

export interface InitCommandOptions {
  /** Where the configuration goes; this folder without it. */
  readonly dir?: string;
  readonly site?: string;
  readonly email?: string;
  readonly tokenStdin?: boolean;
  readonly spaces?: readonly string[];
  readonly views?: readonly string[];
  readonly repo?: string;
  readonly remote?: string;
  readonly actions?: boolean;
  readonly gateway?: string;
  /** Ask nothing. */
  readonly yes?: boolean;
  /** Replace what is there with other content. */
  readonly force?: boolean;
}

/** `ctx init`: asks, tries what was answered, and writes what a build needs. */
export async function initCommand(options: InitCommandOptions, context: CommandContext): Promise<number> {
  const { output, env, cwd } = context;
  const folder = resolve(cwd, expandHome(options.dir ?? '.', homeOf(env)));
  const isAsking = !options.yes && !options.tokenStdin && isTerminal(context);
  const [{ gatherAnswers }, { plannedFiles }, { connectorEnvironment }] = await Promise.all([
    import('../../set-up/gather.ts'),
    import('../../set-up/files.ts'),
    import('../connector-environment.ts'),
  ]);
  const asker = isAsking ? (await import('../prompts.ts')).prompts(context) : undefined;
  const gathered = await gatherAnswers({
    given: await givenBy(options, folder, context),
    asker,
    say: (line) => output.info(line),
    hide: (secrets) => output.hide(secrets),
    environment: connectorEnvironment(context),
  });
  const answers = { ...gathered, home: fromHere(gathered.home, context) };
  await mkdir(folder, { recursive: true });
  const left = await writeAll(folder, await plannedFiles(folder, answers), options, asker, context);
  if (left.length > 0) output.error(ctxError('init.differs', { files: left }));
  else await printNext(folder, answers, context);
  return left.length > 0 ? EXIT.guard : EXIT.done;
}

/** A path is meant from this folder; the configuration may go to another one. */
function fromHere(home: Home, { cwd, env }: CommandContext): Home {
  if (home.kind !== 'machine' || home.remote === null) return home;
  return { ...home, remote: absoluteRemote(home.remote, cwd, homeOf(env)) };
}

function isTerminal({ stdin, output }: CommandContext): boolean {
  return (stdin as { isTTY?: boolean }).isTTY === true && output.terminal().isTTY === true;
}

/** Options first, then the variables that a build would read. */
async function givenBy(options: InitCommandOptions, folder: string, context: CommandContext): Promise<Given> {
  const { env, stdin, output } = context;
  const variables = await readVariables(env, [join(folder, '.env')]);
  const variable = (name: string) => variables.get(`CONFLUENCE_${name}`) ?? variables.get(`JIRA_${name}`);
  const token = options.tokenStdin ? (await text(stdin)).trim() : variable('API_TOKEN');
  if (token) output.hide([token]);
  const { spaces, views, repo, remote, actions, gateway } = options;
  return {
    ...{ token, views, remote, actions, gateway, path: repo },
    site: options.site ?? variable('URL'),
    email: options.email ?? variable('USERNAME'),
    spaces: spaces?.length === 1 && spaces[0] === 'all' ? 'all' : spaces,
  };
}

/** Writes what is new; what would replace something else only when that is wanted. Answers what was left. */
async function writeAll(
  folder: string,
  files: readonly PlannedFile[],
  { force }: InitCommandOptions,
  asker: Prompts | undefined,
  { output, cwd }: CommandContext,
): Promise<string[]> {
  const { writePlanned } = await import('../../set-up/files.ts');
  const left: string[] = [];
  for (const file of files) {
    const shown = relative(cwd, join(folder, file.path)) || file.path;
    if (file.replaces) {
      output.print(await difference(file, shown));
      const isWanted = force || (await asker?.confirm(`Replace ${shown} as shown above?`));
      if (!isWanted) {
        left.push(shown);
        continue;
      }
    }
    await writePlanned(folder, file);
    output.print(`${file.before === undefined ? 'Wrote' : 'Changed'} ${shown}`);
  }
  if (files.length === 0) output.print('Everything is as it is to be: nothing was written.');
  return left;
}

async function difference({ before = '', after, summary }: PlannedFile, name: string): Promise<string> {
  if (summary !== undefined) return `${name}:\n${summary}`;
  const { patchOf } = await import('../patch.ts');
  return patchOf({ name, text: before }, { name, text: after }).trimEnd();
}

async function printNext(folder: string, answers: Answers, { output, cwd }: CommandContext): Promise<void> {
  const { variablesOf } = await import('../../set-up/answers.ts');
  if (answers.home.kind === 'actions') {
    const commands = Object.keys(variablesOf(answers)).map((name) =>
      name.endsWith('_API_TOKEN') ? `gh secret set ${name}` : `gh variable set ${name}`,
    );
    output.print('\nNext, in the repository on GitHub:');
    if (!existsSync(join(folder, '.git'))) output.print('  git init -b main');
    for (const command of commands) output.print(`  ${command}`);
    output.print('  git add .gitignore context.* .github && git commit -m "Build the context here"');
    output.print('  git push, then start the workflow "context" in the tab Actions');
    return;
  }
  const where = folder === cwd ? '' : ` --config ${join(relative(cwd, folder), 'context.config.yaml')}`;
  output.print(`\nNext: ctx build${where}${answers.home.remote === null ? '' : ' --push'}`);
  output.print(`Then, to have it done every hour: ctx schedule install${where}`);
  output.print(`If something stands in its way: ctx doctor${where}`);
}
