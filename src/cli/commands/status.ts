import { readableSize } from '../../connectors/readable-size.ts';
import { counted } from '../../core/counted.ts';
import { readableAge } from '../../health/age.ts';
import type { SourceState, Status } from '../../health/status.ts';
import { thisMachine } from '../../schedule/this-machine.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { openRepository, type ReadingOptions } from '../reading.ts';
import { configurationOf } from '../search-index.ts';

export interface StatusCommandOptions extends ReadingOptions {
  readonly config?: string;
  readonly maxAge?: string;
}

/** `ctx status`: how old each source is, what the last run did, and whether the index is of the same commit. */
export async function statusCommand(options: StatusCommandOptions, context: CommandContext): Promise<number> {
  const { output, now } = context;
  const { repo: opened } = await openRepository(options, context);
  await using repo = opened;
  const loaded = await configurationOf(repo, options, context);
  const { staleness, statusOf } = await import('../../health/status.ts');
  const machine = thisMachine(context);
  const status = await statusOf({ repo, loaded, maxAge: options.maxAge, machine });
  if (options.json) output.json(status);
  else print(status, now(), output);
  const stale = staleness(status);
  for (const error of stale) output.error(error);
  return stale.length > 0 ? EXIT.partial : EXIT.done;
}

function print(
  { repository, commit, lastRun, sources, index, timer }: Status,
  now: number,
  output: Output,
): void {
  output.print(`${repository} at ${commit.slice(0, 10)}`);
  const width = Math.max(...sources.map(({ id }) => id.length));
  for (const source of sources) output.print(`${source.id.padEnd(width)}  ${sourceLine(source)}`);
  if (lastRun === null) output.print('last run: none on this clone');
  else {
    const { started, ended, outcome = 'not ended', failures, problems } = lastRun;
    const ago = readableAge(Math.max(0, now - Date.parse(ended ?? started)) / 1000);
    output.print(`last run: ${outcome}, ${ago} ago${failures > 0 ? `, ${failures} failed` : ''}`);
    for (const { message } of problems) output.print(`  ${message}`);
    if (failures > problems.length) output.print(`  … and ${failures - problems.length} more`);
  }
  output.print(`next run: ${nextRun(timer, now)}`);
  if (index === null) output.print('index: none yet; the first search makes it');
  else
    output.print(
      `index: ${counted(index.documents, 'document')}, ${readableSize(index.bytes)}, ${index.current ? 'up to date' : 'of another commit; the next search renews it'}`,
    );
}

function nextRun(timer: Status['timer'], now: number): string {
  if (timer === null) return 'not by this machine; `ctx schedule install` has it run by itself';
  const { kind, active, next } = timer;
  if (!active) return `none, although ${kind} is set up; \`ctx schedule install\` mends that`;
  return next === null
    ? `by ${kind}`
    : `in ${readableAge(Math.max(0, next.getTime() - now) / 1000)}, by ${kind}`;
}

const COUNTS = ['added', 'modified', 'renamed', 'deleted', 'unchanged', 'failed'] as const;

function sourceLine({ documents, read, changed, ageSeconds, lastRun, maxAge, stale }: SourceState): string {
  const age = ageSeconds === null ? '' : ` ${readableAge(ageSeconds)} ago`;
  const when = read !== null ? `read${age}` : changed !== null ? `last changed${age}` : 'never read';
  const counts = lastRun && COUNTS.flatMap((name) => (lastRun[name] > 0 ? `${lastRun[name]} ${name}` : []));
  const outcome =
    lastRun && [lastRun.status, lastRun.reason ?? counts?.join(', ')].filter(Boolean).join(': ');
  return [
    counted(documents, 'document'),
    stale && maxAge !== null ? `${when}, STALE (may be ${maxAge} old)` : when,
    outcome,
  ]
    .filter(Boolean)
    .join('; ');
}
