/** What is scheduled, whoever runs it. */
export interface Job {
  /** The absolute path of a program, and its arguments. */
  readonly command: readonly string[];
  /** All that the program finds in its environment, beside what every process of the user has. No secrets: they are in `.env`. */
  readonly environment: Readonly<Record<string, string>>;
  readonly every: Interval;
  /** Of the hour, for schedulers that do not draw one themselves. */
  readonly minute: number;
}

export const INTERVALS = ['15min', 'hourly', 'daily'] as const;
export type Interval = (typeof INTERVALS)[number];

export const KINDS = ['systemd', 'launchd', 'cron'] as const;
export type Kind = (typeof KINDS)[number];

/** In every file that is ours. */
export const MARK = 'Written by `ctx schedule install`; the next one replaces what is changed here.';
