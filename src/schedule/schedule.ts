import { ctxError } from '../core/errors/index.ts';
import type { Artifact } from './artifacts.ts';
import { cron } from './cron.ts';
import type { Job, Kind } from './job.ts';
import { launchd } from './launchd.ts';
import type { Machine } from './machine.ts';
import type { JobState, Scheduler } from './scheduler.ts';
import { systemd } from './systemd.ts';

/** What is scheduled for a user of this machine. */
export interface ScheduleState extends JobState {
  readonly installed: boolean;
  /** Null if nothing is installed. */
  readonly kind: Kind | null;
  readonly files: readonly string[];
}

/** A text that was written or removed, or would be. */
export interface Change {
  readonly place: string;
  /** Undefined if it was not there. */
  readonly before: string | undefined;
  /** Undefined if it is gone. */
  readonly after: string | undefined;
}

/** All kinds, what this machine is likeliest to have first. */
export function schedulersOf(machine: Machine): readonly Scheduler[] {
  const all = [systemd(machine), launchd(machine), cron(machine)];
  return machine.platform === 'darwin'
    ? all.filter(({ kind }) => kind !== 'systemd')
    : all.filter(({ kind }) => kind !== 'launchd');
}

/** The one that is asked for, or that is installed, or the first that can be used. Fails with `schedule.unavailable` or `schedule.no-scheduler`. */
export async function chooseScheduler(machine: Machine, asked: Kind | undefined): Promise<Scheduler> {
  const schedulers = schedulersOf(machine);
  const named = asked ?? (await installedScheduler(machine))?.kind;
  if (named !== undefined) {
    const scheduler = schedulers.find(({ kind }) => kind === named);
    if (scheduler === undefined)
      throw ctxError('schedule.unavailable', { kind: named, reason: `${machine.platform} has none` });
    await demandUsable(scheduler);
    return scheduler;
  }
  for (const scheduler of schedulers) {
    if ((await scheduler.obstacle()) === undefined) return scheduler;
  }
  throw ctxError('schedule.no-scheduler', { platform: machine.platform });
}

/** Tells what is installed, when it runs next, and how it last ended. Changes nothing. */
export async function scheduleState(machine: Machine): Promise<ScheduleState> {
  const scheduler = await installedScheduler(machine);
  if (scheduler === undefined)
    return { installed: false, kind: null, files: [], every: null, active: false, next: null, last: null };
  const files = scheduler.artifacts.map(({ place }) => place);
  return { installed: true, kind: scheduler.kind, files, ...(await scheduler.state()) };
}

export async function installedScheduler(machine: Machine): Promise<Scheduler | undefined> {
  for (const scheduler of schedulersOf(machine)) {
    if (await isInstalled(scheduler)) return scheduler;
  }
  return undefined;
}

/**
 * Has `scheduler` run the job, and no other scheduler. What is as it should be is not written again. Fails with `schedule.not-ours`
 * before it changes anything if somebody else has written what is in the way, unless `force` is set.
 */
export async function install(
  machine: Machine,
  scheduler: Scheduler,
  job: Job,
  { dryRun, force }: { readonly dryRun: boolean; readonly force: boolean },
): Promise<readonly Change[]> {
  const contents = scheduler.contents(job);
  const wanted = await Promise.all(
    scheduler.artifacts.map(async (artifact, index) => {
      const before = await artifact.read();
      if (before !== undefined && !artifact.isOurs(before) && !force)
        throw ctxError('schedule.not-ours', { place: artifact.place });
      return { artifact, before, after: contents[index] as string };
    }),
  );
  const changed = wanted.filter(({ before, after }) => before !== after);
  const others: Scheduler[] = [];
  for (const other of schedulersOf(machine)) {
    if (other.kind === scheduler.kind || !(await isInstalled(other))) continue;
    // What it could not be told would go on beside the new one.
    await demandUsable(other);
    others.push(other);
  }
  if (!dryRun) {
    for (const { artifact, after } of changed) await artifact.write(after);
    await scheduler.activate();
  }
  const removed: Change[] = [];
  for (const other of others)
    removed.push(...(await removeFrom(other, { dryRun, keep: scheduler.artifacts })));
  return [
    ...changed.map(({ artifact, before, after }) => ({ place: artifact.place, before, after })),
    ...removed,
  ];
}

/** Removes what `install` has written, and nothing else. */
export async function uninstall(
  machine: Machine,
  { dryRun }: { readonly dryRun: boolean },
): Promise<readonly Change[]> {
  const removed: Change[] = [];
  for (const scheduler of schedulersOf(machine))
    removed.push(...(await removeFrom(scheduler, { dryRun, keep: [] })));
  return removed;
}

/** Fails with `schedule.unavailable`. */
async function demandUsable({ kind, obstacle }: Scheduler): Promise<void> {
  const reason = await obstacle();
  if (reason !== undefined) throw ctxError('schedule.unavailable', { kind, reason });
}

async function isInstalled(scheduler: Scheduler): Promise<boolean> {
  const texts = await Promise.all(scheduler.artifacts.map((artifact) => oursIn(artifact)));
  return texts.every((text) => text !== undefined);
}

/** `keep` names what another scheduler uses too. */
async function removeFrom(
  scheduler: Scheduler,
  { dryRun, keep }: { readonly dryRun: boolean; readonly keep: readonly Artifact[] },
): Promise<Change[]> {
  const kept = new Set(keep.map(({ place }) => place));
  const found = await Promise.all(
    scheduler.artifacts
      .filter(({ place }) => !kept.has(place))
      .map(async (artifact) => ({ artifact, before: await oursIn(artifact) })),
  );
  const there = found.filter(({ before }) => before !== undefined);
  if (there.length > 0 && !dryRun) {
    await scheduler.deactivate();
    for (const { artifact } of there) await artifact.remove();
    await scheduler.forget();
  }
  return there.map(({ artifact, before }) => ({ place: artifact.place, before, after: undefined }));
}

async function oursIn(artifact: Artifact): Promise<string | undefined> {
  const text = await artifact.read();
  return text !== undefined && artifact.isOurs(text) ? text : undefined;
}
