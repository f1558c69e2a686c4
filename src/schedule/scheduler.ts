import type { Artifact } from './artifacts.ts';
import type { Interval, Job, Kind } from './job.ts';

/** What starts runs on a machine. */
export interface Scheduler {
  readonly kind: Kind;
  /** Why it can't be used here; undefined if it can. */
  obstacle(): Promise<string | undefined>;
  /** What it reads of ours. All of them are there, or nothing is installed. */
  readonly artifacts: readonly Artifact[];
  /** What is to be in them, in their order. */
  contents(job: Job): readonly string[];
  /** Has it take over what was written, or see to it that it has. */
  activate(): Promise<void>;
  /** What keeps runs from beginning although all is installed, and what to do about it. */
  advice(): Promise<string | undefined>;
  /** Has it stop what is about to be removed. */
  deactivate(): Promise<void>;
  /** Has it forget what was removed. */
  forget(): Promise<void>;
  /** What it knows of a job that is installed. */
  state(): Promise<JobState>;
  /** Starts a run now. */
  readonly start: { readonly command: readonly string[]; readonly waits: boolean };
  /** A program that prints the last lines that runs have said, and goes on if asked to. */
  logs(lines: number, goesOn: boolean): readonly string[];
}

export interface JobState {
  readonly every: Interval | null;
  /** Whether runs will begin by themselves. */
  readonly active: boolean;
  readonly next: Date | null;
  readonly last: LastRun | null;
}

export interface LastRun {
  readonly at: Date;
  /** Null if nobody remembers how it ended. */
  readonly ok: boolean | null;
  /** The exit code, if it ended by itself. */
  readonly code: number | null;
}
