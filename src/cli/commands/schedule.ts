import { ctxError } from '../../core/errors/index.ts';
import type { Kind } from '../../schedule/job.ts';
import { follow } from '../../schedule/machine.ts';
import {
  chooseScheduler,
  install,
  installedScheduler,
  type ScheduleState,
  schedulersOf,
  scheduleState,
  uninstall,
} from '../../schedule/schedule.ts';
import type { LastRun, Scheduler } from '../../schedule/scheduler.ts';
import { thisMachine } from '../../schedule/this-machine.ts';
import { printChanges } from '../changes.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { type JobOptions, jobOf } from '../schedule/job.ts';

export interface InstallOptions extends JobOptions {
  readonly kind?: Kind;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `ctx schedule install`: has this machine run builds, or pulls, by itself. */
export async function scheduleInstallCommand(
  options: InstallOptions,
  context: CommandContext,
): Promise<number> {
  const { output } = context;
  const { dryRun = false, force = false } = options;
  const machine = thisMachine(context);
  const job = await jobOf(options, context);
  const scheduler = await chooseScheduler(machine, options.kind);
  const changes = await install(machine, scheduler, job, { dryRun, force });
  const state = dryRun ? undefined : await scheduleState(machine);
  if (options.json) {
    output.json({
      kind: scheduler.kind,
      dryRun,
      command: job.command,
      changes,
      ...(state && { next: state.next }),
    });
    return EXIT.done;
  }
  await printChanges(
    changes.map((change) => ({ ...change, place: described(change.place) })),
    dryRun,
    output,
  );
  if (dryRun) {
    output.print('Dry run: nothing was written.');
    return EXIT.done;
  }
  if (changes.length === 0) output.print('Installed already: nothing is to be changed.');
  output.print(`${scheduler.kind} runs ctx ${job.command.slice(2).join(' ')}, ${EVERY[job.every]}.`);
  if (state?.next) output.print(`Next run: ${timeText(state.next)}`);
  const advice = await scheduler.advice();
  if (advice) output.info(advice);
  output.info('Try it now with `ctx schedule run`, and read what it says with `ctx schedule logs`.');
  return EXIT.done;
}

export interface UninstallOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `ctx schedule uninstall`: removes what `install` has written. */
export async function scheduleUninstallCommand(
  { dryRun = false, json }: UninstallOptions,
  context: CommandContext,
): Promise<number> {
  const { output } = context;
  const changes = await uninstall(thisMachine(context), { dryRun });
  if (json) output.json({ dryRun, changes });
  else if (changes.length === 0) output.print('Nothing is scheduled: nothing is to be removed.');
  else {
    for (const { place } of changes)
      output.print(`${dryRun ? 'would remove' : 'removed'} ${described(place)}`);
    if (dryRun) output.print('Dry run: nothing was removed.');
  }
  return EXIT.done;
}

/** `ctx schedule status`: exit code 1 if no run will begin by itself, 4 if the last one failed. */
export async function scheduleStatusCommand(
  { json }: { readonly json?: boolean },
  context: CommandContext,
): Promise<number> {
  const { output } = context;
  const state = await scheduleState(thisMachine(context));
  if (json) output.json(state);
  else printState(state, output);
  if (!state.installed || !state.active) return EXIT.failed;
  return state.last?.ok === false ? EXIT.partial : EXIT.done;
}

/** `ctx schedule logs`: what runs have said. */
export async function scheduleLogsCommand(
  { lines, follow: goesOn = false }: { readonly lines: number; readonly follow?: boolean },
  context: CommandContext,
): Promise<number> {
  const { output } = context;
  const machine = thisMachine(context);
  const scheduler = await theInstalled(context);
  const code = await follow(machine, scheduler.logs(lines, goesOn), {
    answer: (line) => output.print(line),
    talk: (line) => output.info(line),
  });
  return code === 0 || context.signal.aborted ? EXIT.done : EXIT.failed;
}

/** `ctx schedule run`: what the timer does, now. */
export async function scheduleRunCommand(
  { json }: { readonly json?: boolean },
  context: CommandContext,
): Promise<number> {
  const { output, signal } = context;
  const machine = thisMachine(context);
  const scheduler = await theInstalled(context);
  const { command, waits } = scheduler.start;
  if (waits) output.info(`${scheduler.kind} runs it; this waits for its end.`);
  const talk = (line: string) => output.info(line);
  const code = await follow(machine, command, { answer: talk, talk });
  signal.throwIfAborted();
  const { last } = await scheduler.state();
  if (json) output.json({ kind: scheduler.kind, waited: waits, ok: code === 0, last });
  else if (!waits) output.print('Started. `ctx schedule logs --follow` shows what it does.');
  else
    output.print(
      code === 0 ? 'It ended well.' : `It failed${codeText(last)}: \`ctx schedule logs\` tells why.`,
    );
  return code === 0 ? EXIT.done : EXIT.failed;
}

async function theInstalled(context: CommandContext): Promise<Scheduler> {
  const machine = thisMachine(context);
  const scheduler = await installedScheduler(machine);
  if (scheduler) return scheduler;
  const searched = schedulersOf(machine).map(({ artifacts }) => described(artifacts.at(-1)?.place ?? ''));
  throw ctxError('schedule.none', { searched });
}

const EVERY = { '15min': 'every 15 minutes', hourly: 'every hour', daily: 'every day' } as const;

function described(place: string): string {
  return place === 'crontab' ? 'block of ctx in the crontab' : place;
}

function printState(state: ScheduleState, output: Output): void {
  if (!state.installed) {
    output.print('Nothing is scheduled. `ctx schedule install` has this machine build by itself.');
    return;
  }
  output.print(
    `Scheduled by ${state.kind}${state.every ? `, ${EVERY[state.every]}` : ''}: ${state.files.join(', ')}`,
  );
  if (!state.active) output.print('It is not active: `ctx schedule install` starts it.');
  if (state.next) output.print(`Next run: ${timeText(state.next)}`);
  output.print(`Last run: ${lastText(state.last)}`);
}

function lastText(last: LastRun | null): string {
  if (last === null) return 'none yet';
  const result =
    last.ok === null ? 'its end is not recorded' : last.ok ? 'it ended well' : `it failed${codeText(last)}`;
  return `${timeText(last.at)}, ${result}`;
}

/** Shells and systemd tell by these that a program is not there any more. */
const NO_PROGRAM = [126, 127, 203];

function codeText(last: LastRun | null): string {
  if (last?.code == null) return '';
  return NO_PROGRAM.includes(last.code)
    ? ` (exit code ${last.code}: Node.js or ctx is not where it was; run \`ctx schedule install\` again)`
    : ` (exit code ${last.code})`;
}

/** In UTC, as in logs. */
function timeText(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
