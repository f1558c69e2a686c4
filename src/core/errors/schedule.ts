import { entry } from './entry.ts';

/** Of `ctx schedule`. */
export const scheduleErrors = {
  'schedule.no-scheduler': entry<{ platform: string }>({
    kind: 'failed',
    message: ({ platform }) =>
      `Nothing that ctx can schedule with answers on this machine (${platform}): neither systemd for this user, nor launchd, nor crontab.`,
    hint: () =>
      'Install cron (such as `apt install cron`), log in as the user itself rather than by su or sudo, or let a scheduler that you have run `ctx build --push`.',
  }),
  'schedule.unavailable': entry<{ kind: string; reason: string }>({
    kind: 'failed',
    message: ({ kind, reason }) => `${kind} can't be used here: ${reason}.`,
    hint: ({ kind }) =>
      kind === 'systemd'
        ? 'systemd has a manager for each user that has logged in by itself: log in as this user, not by su or sudo. Where that can not be, --kind cron serves, if systemd runs nothing of ctx yet.'
        : 'Leave --kind out, and ctx takes what is here.',
  }),
  'schedule.refused': entry<{ command: string; reason: string }>({
    kind: 'failed',
    message: ({ command, reason }) => `\`${command}\` failed: ${reason}.`,
    hint: () => 'Correct what it complains about and run the same again: what is done already stays.',
  }),
  'schedule.not-ours': entry<{ place: string }>({
    kind: 'guard',
    message: ({ place }) => `${place} is there, and \`ctx schedule install\` has not written it.`,
    hint: () =>
      'Nothing was changed. Look at it; then move it away, or replace it with `ctx schedule install --force`.',
  }),
  'schedule.none': entry<{ searched: readonly string[] }>({
    kind: 'usage',
    message: ({ searched }) => `Nothing is scheduled: there is no ${searched.join(', no ')}.`,
    hint: () => 'Run `ctx schedule install`.',
  }),
  'schedule.bad-path': entry<{ kind: string; path: string }>({
    kind: 'usage',
    message: ({ kind, path }) => `${JSON.stringify(path)} has characters that ${kind} can't be told.`,
    hint: () => 'Move it to a path without control characters, quotes and backslashes.',
  }),
  'schedule.missing-variables': entry<{ names: readonly string[]; place: string }>({
    kind: 'credentials',
    message: ({ names }) =>
      `A run by a timer would miss variables that this shell has or that are set nowhere: ${names.join(', ')}.`,
    hint: ({ place }) =>
      `Write them as NAME=value in ${place} (and chmod 600 it): runs read that, and not what a shell exports.`,
  }),
  'schedule.no-clone': entry<{ path: string }>({
    kind: 'usage',
    message: ({ path }) => `There is no clone to pull in ${path}.`,
    hint: ({ path }) => `Make it once, ctx pull URL --repo ${path}, and schedule it then.`,
  }),
};
