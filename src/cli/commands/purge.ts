import { loadConfig } from '../../config/load.ts';
import { counted } from '../../core/counted.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodeOfRun } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import type { PurgeRun } from '../run-purge.ts';

export interface PurgeCommandOptions {
  readonly config?: string;
  readonly source?: string;
  readonly push?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const LISTED = 20;

/** `ctx purge`: makes the history one that never held the documents. */
export async function purgeCommand(
  names: readonly string[],
  options: PurgeCommandOptions,
  context: CommandContext,
): Promise<number> {
  const { output, env, cwd, signal } = context;
  // No source is read, so none needs its credentials.
  const loaded = await loadConfig({ file: options.config, env, cwd, only: [] });
  output.hide(loaded.secrets);
  const { runPurge } = await import('../run-purge.ts');
  const dryRun = options.dryRun ?? false;
  const run = await runPurge({
    loaded,
    names,
    ...(options.source !== undefined && { source: options.source }),
    dryRun,
    push: options.push ?? false,
    log: output,
    signal,
  });
  if (options.json) output.json(report(run, dryRun));
  else {
    printDone(run, dryRun, output);
    printPlaces(run, output);
    if (dryRun) output.print('Dry run: nothing was written.');
    else printDuties(run, loaded.file, loaded.config.repo.branch, names, output);
  }
  for (const problem of run.problems) output.error(problem);
  return exitCodeOfRun(run.problems, true);
}

function report({ problems, namedIn, ...run }: PurgeRun, dryRun: boolean) {
  return { ...run, dryRun, namedIn, problems: problems.map(({ code, message }) => ({ code, message })) };
}

function printDone({ documents, commits, from, to }: PurgeRun, dryRun: boolean, output: Output): void {
  const { rewritten, dropped } = commits;
  const what = documents.join(', ');
  if (rewritten + dropped === 0) output.print(`${what}: no commit of the branch holds it.`);
  else if (dryRun) output.print(`${what}: ${counted(rewritten, 'commit')} would be rewritten.`);
  else {
    const ids = `${from.slice(0, 10)} is now ${to.slice(0, 10)}`;
    output.print(`${what}: ${counted(rewritten, 'commit')} rewritten, ${dropped} left out; ${ids}.`);
  }
}

function printPlaces(run: PurgeRun, output: Output): void {
  const { first, last, paths, attachments, relinked, namedIn } = run;
  if (first && last) output.print(`It was there from ${day(first)} to ${day(last)}, at:`);
  printList(paths, output);
  const { removed, shared } = attachments;
  const copies = removed.filter((path) => !path.startsWith('attachments/'));
  if (removed.length > copies.length)
    output.print(`With it: ${counted(removed.length - copies.length, 'attachment')}.`);
  if (copies.length > 0) output.print('Copies of its attachments, which go too:');
  printList(copies, output);
  if (shared.length > 0) output.print('Attachments that other documents show too, and that stay:');
  printList(shared, output);
  if (relinked > 0)
    output.print(`${relinked} other documents move or link to its address in place of its file.`);
  if (namedIn.length > 0) output.print('These still name it, by its title or its file name. Read them:');
  printList(namedIn, output);
  if (run.commits.rewritten + run.commits.dropped > 0)
    output.print(
      'Earlier versions of others that say its title stay too, and are not listed: git log -S "TITLE"',
    );
}

/** What no program can do for those who had the document. */
function printDuties(
  run: PurgeRun,
  file: string,
  branch: string,
  names: readonly string[],
  output: Output,
): void {
  const command = `ctx purge ${names.join(' ')} --push`;
  if (run.excluded.length > 0)
    output.print(`Added to \`exclude\` in ${file}: ${run.excluded.join(', ')}. Commit that.`);
  if (run.notExcluded.length > 0)
    output.print(`No source of the configuration to exclude it from: ${run.notExcluded.join(', ')}`);
  output.print(
    run.pushed ? 'The remote has the new history.' : `A remote that has it still has it: ${command}`,
  );
  output.print(`
Then, on every host that follows:
  ctx pull --accept-rewrite
or by hand, in every clone (local commits on ${branch} must be put aside before):
  git fetch origin && git reset --hard origin/${branch}
  git reflog expire --expire-unreachable=now --all && git gc --prune=now
Forks, other branches there, caches of CI, backups and images keep their copies: delete them. A git host keeps commits
that no branch has; ask its support to remove them (GitHub: "remove sensitive data").
Whoever could read the repository may have the text: change every password and key in it, and review who had access.`);
}

function printList(items: readonly string[], output: Output): void {
  for (const item of items.slice(0, LISTED)) output.print(`  ${item}`);
  if (items.length > LISTED) output.print(`  and ${items.length - LISTED} more`);
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
