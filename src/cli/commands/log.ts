import { oneLine } from '../../core/one-line.ts';
import type { ReadingRepo } from '../../git/reading.ts';
import { type Period, parsePeriod, shownMoment } from '../../history/dates.ts';
import { inWords } from '../../history/facts.ts';
import { findDocument } from '../../history/find.ts';
import { documentLog, type RunEntry, runs, type VersionEntry } from '../../history/log.ts';
import type { CommandContext } from '../command-context.ts';
import type { Output } from '../output.ts';
import { documentJson, openRepository, type ReadingOptions, shortId, upTo } from '../reading.ts';

export interface LogCommandOptions extends ReadingOptions {
  readonly limit: number;
  readonly since?: string;
  readonly until?: string;
}

/** `ctx log`: the runs, or the commits that changed one document. */
export async function logCommand(
  name: string | undefined,
  options: LogCommandOptions,
  context: CommandContext,
): Promise<number> {
  const period = parsePeriod(options, new Date(context.now()));
  const { repo: opened, cwd } = await openRepository(options, context);
  await using repo = opened;
  if (name === undefined) await logRuns(repo, period, options, context.output);
  else await logDocument(repo, name, cwd, period, options, context.output);
  return 0;
}

async function logRuns(
  repo: ReadingRepo,
  period: Period,
  { limit, json }: LogCommandOptions,
  output: Output,
): Promise<void> {
  const { some, more } = await upTo(runs(repo, period), limit);
  if (json) output.json({ repository: repo.path, runs: some.map(runJson), more });
  else {
    for (const run of some) printRun(run, output);
    sayMore(more, output);
  }
}

function runJson({ commit: { id, committed, author, subject }, counts }: RunEntry) {
  return { commit: id, date: committed.toISOString(), author, subject, ...counts };
}

function printRun({ commit: { id, committed, author, subject }, counts }: RunEntry, output: Output): void {
  const parts = Object.entries(counts).flatMap(([kind, count]) => (count > 0 ? [`${count} ${kind}`] : []));
  output.print(
    `${shortId(id)}  ${shownMoment(committed)}  ${oneLine(author.name)}  ${oneLine(subject)}
            ${parts.join(', ') || 'no documents'}`,
  );
}

async function logDocument(
  repo: ReadingRepo,
  name: string,
  cwd: string,
  period: Period,
  { limit, json }: LogCommandOptions,
  output: Output,
): Promise<void> {
  const found = await findDocument(repo, name, cwd);
  const { some, more } = await upTo(documentLog(repo, found, period), limit);
  const own = some[0]?.own;
  if (json) {
    const { title = null, key = null, url = null } = own ?? {};
    const document = { ...documentJson(found), title, key, url };
    output.json({ repository: repo.path, document, versions: some.map(versionJson), more });
    return;
  }
  const titled = [found.document, own?.key ?? [], own?.title ?? []].flat();
  output.print(oneLine(titled.join('  ')));
  output.print(found.isGone ? `gone, last at ${oneLine(found.path)}` : oneLine(found.path));
  for (const entry of some) output.print(`\n${versionText(entry)}`);
  sayMore(more, output);
}

function versionJson({ version, authorship, facts, text, sections }: VersionEntry) {
  const { commit, kind, path, formerPath = null } = version;
  const { person, exact, date, url } = authorship;
  return {
    commit: commit.id,
    date: date.toISOString(),
    kind,
    path,
    formerPath,
    person,
    exact,
    url,
    facts,
    text,
    sections,
  };
}

function versionText({ version, authorship, facts, text }: VersionEntry): string {
  const { commit, kind, path, formerPath } = version;
  const { person, exact, date, url } = authorship;
  const who = person === null ? [] : [`${exact ? '' : '~'}${person}`];
  const lines = [[shortId(commit.id), shownMoment(date), kind, ...who].join('  ')];
  lines.push(formerPath === undefined ? path : `${formerPath} → ${path}`);
  lines.push(...facts.map(inWords));
  if (text.added + text.removed > 0) lines.push(`text: +${text.added} −${text.removed}`);
  if (url !== null) lines.push(url);
  return lines.map((line, index) => `${index === 0 ? '' : '    '}${oneLine(line)}`).join('\n');
}

function sayMore(more: boolean, output: Output): void {
  if (more) output.info('There is more: --limit says how much to show, 0 all.');
}
