import { join, resolve } from 'node:path';
import { ctxError } from '../../core/errors/index.ts';
import { expandHome, homeOf } from '../../core/paths.ts';
import { isContextFolder } from '../../git/reading.ts';
import { applyLink, planLink, type Step } from '../../link/project.ts';
import { PERSONAL_RULE } from '../../link/rule.ts';
import { printChanges } from '../changes.ts';
import type { CommandContext } from '../command-context.ts';
import { configuredRepo } from '../reading.ts';

export interface LinkCommandOptions {
  readonly repo?: string;
  readonly config?: string;
  readonly name: string;
  readonly local?: boolean;
  /** False for none. */
  readonly rule?: string | false;
  readonly remove?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `ctx link`: makes the context repository visible in a project, and to nobody but this user. */
export async function linkCommand(
  asked: string,
  options: LinkCommandOptions,
  context: CommandContext,
): Promise<number> {
  const { output, env, cwd } = context;
  const { dryRun = false, remove = false, rule = PERSONAL_RULE } = options;
  const repo = remove ? undefined : await contextFolder(options, context);
  const steps = await planLink(repo, {
    project: resolve(cwd, expandHome(asked, homeOf(env))),
    name: options.name,
    local: options.local ?? false,
    rule: rule === false ? undefined : rule,
    env,
  });
  if (!dryRun) await applyLink(steps);
  if (options.json) {
    output.json({ dryRun, repo: repo ?? null, changes: steps });
    return 0;
  }
  for (const step of steps.filter(({ kind }) => kind === 'link')) output.print(linkLine(step, dryRun));
  await printChanges(
    steps.filter(({ kind }) => kind === 'text'),
    dryRun,
    output,
  );
  if (steps.length === 0)
    output.print(`${remove ? 'Not linked' : 'Linked already'}: nothing is to be changed.`);
  if (dryRun) output.print('Dry run: nothing was written.');
  return 0;
}

/** The one that is named, or of the configuration, or `~/context-sync`: not the one around this folder, which is a project's. */
async function contextFolder(
  { repo, config }: LinkCommandOptions,
  { env, cwd }: CommandContext,
): Promise<string> {
  const home = homeOf(env);
  const candidates =
    repo === undefined
      ? [(await configuredRepo(cwd, env, config)) ?? [], join(home, 'context-sync')].flat()
      : [resolve(cwd, expandHome(repo, home))];
  const found = candidates.find(isContextFolder);
  if (found === undefined) throw ctxError('history.no-repository', { searched: candidates });
  return found;
}

function linkLine({ place, before, after }: Step, dryRun: boolean): string {
  const [did, would] = after === undefined ? ['removed', 'would remove'] : ['linked', 'would link'];
  return `${dryRun ? would : did} ${place} -> ${after ?? before}`;
}
