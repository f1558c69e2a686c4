import { join } from 'node:path';
import { configDir } from '../core/paths.ts';
import { type Artifact, fileArtifact, textOf } from './artifacts.ts';
import { nextTime } from './calendar.ts';
import type { Job, Kind } from './job.ts';
import type { Machine } from './machine.ts';
import type { JobState } from './scheduler.ts';
import { dueOf, lastIn, runScript } from './script.ts';

/** The script that a scheduler runs which keeps neither an environment nor results, and the log that it writes. */
export interface ScriptFiles {
  readonly path: string;
  readonly log: string;
  readonly artifact: Artifact;
  content(job: Job): string;
  state(active: boolean): Promise<JobState>;
  logs(lines: number, goesOn: boolean): readonly string[];
}

export function scriptFiles(machine: Machine, kind: Kind, log: string): ScriptFiles {
  const path = join(configDir(machine.env), 'schedule.sh');
  const artifact = fileArtifact(path);
  return {
    path,
    log,
    artifact,
    content: (job) => runScript(job, kind, log),
    async state(active) {
      const due = dueOf((await artifact.read()) ?? '');
      // A log that has just been begun anew tells of no end yet.
      const last = lastIn((await textOf(log)) ?? '') ?? lastIn((await textOf(`${log}.1`)) ?? '');
      return {
        every: due?.every ?? null,
        active,
        next: active && due ? nextTime(due.every, due.minute, new Date(machine.now())) : null,
        last: last ? { ...last, ok: last.code === 0 } : null,
      };
    },
    logs: (lines, goesOn) => ['tail', '-n', String(lines), ...(goesOn ? ['-F'] : []), log],
  };
}
