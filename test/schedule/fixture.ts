import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { runProgram } from '../../src/cli/program.ts';
import type { CommandResult } from '../harness/command-line.ts';

/** A user's home with a project in it, and programs of the system that only note what they are asked for. */
export interface Home extends Disposable {
  readonly path: string;
  readonly project: string;
  readonly env: Readonly<Record<string, string>>;
  ctx(...args: readonly string[]): Promise<CommandResult>;
  /** What the programs were called with, since it was asked for last. */
  calls(): string[];
  /** Puts a program, as a shell script, in front of those of the system. */
  program(name: string, script: string): void;
  read(path: string): string;
  write(path: string, text: string): void;
}

/** `name` is the home's own, under a folder of its own. */
export function makeHome(name = 'ada'): Home {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ctx-home-')));
  const path = join(folder, name);
  const [project, bin] = [join(path, 'team'), join(path, 'bin')];
  for (const each of [project, bin, join(project, 'notes')]) mkdirSync(each, { recursive: true });
  const env = {
    HOME: path,
    PATH: `${bin}:/usr/bin:/bin`,
    GIT_CONFIG_GLOBAL: '',
    LOGNAME: 'ada',
    USER: 'ada',
  };
  const home: Home = {
    path,
    project,
    env,
    async ctx(...args) {
      let [stdout, stderr] = ['', ''];
      const code = await runProgram(args, {
        stdout: { write: (text: string) => (stdout += text) },
        stderr: { write: (text: string) => (stderr += text) },
        stdin: Readable.from([]),
        env,
        cwd: project,
        signal: new AbortController().signal,
      });
      return { code, stdout, stderr };
    },
    calls() {
      const file = join(path, 'calls');
      const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
      writeFileSync(file, '');
      return lines;
    },
    program(program, script) {
      const file = join(bin, program);
      writeFileSync(file, `#!/bin/sh\necho "${program} $*" >> "$HOME/calls"\n${script}\n`);
      chmodSync(file, 0o755);
    },
    read: (file) => readFileSync(join(path, file), 'utf8'),
    write(file, text) {
      mkdirSync(join(path, file, '..'), { recursive: true });
      writeFileSync(join(path, file), text);
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
  home.write('calls', '');
  home.write('team/notes/plan.md', '# The plan\n');
  home.write('team/context.config.yaml', configuration());
  for (const program of ['systemctl', 'loginctl', 'launchctl', 'crontab']) home.program(program, 'exit 1');
  return home;
}

export function configuration(more = ''): string {
  return `version: 1\nrepo: { path: ./repo${more} }\nsources:\n  - { id: notes, type: files, path: ./notes, copy: true }\n`;
}

/** As crontab(1) does, with the table in a file of the home. */
export const CRONTAB = `case $1 in
  -l) [ -f "$HOME/crontab.txt" ] || { echo "no crontab for ada" >&2; exit 1; }; cat "$HOME/crontab.txt";;
  -r) rm "$HOME/crontab.txt";;
  -) cat > "$HOME/crontab.txt";;
esac`;

/** Answers as systemd's does after a run that failed; whether the timer is there, its file tells. */
export const SYSTEMCTL = `case "$*" in
  *"show context-sync.service"*) echo "Result=exit-code
ExecMainCode=1
ExecMainStatus=4
ExecMainExitTimestamp=Sun 2026-11-22 05:07:31 UTC";;
  *"show context-sync.timer"*) echo "ActiveState=active
UnitFileState=enabled
NextElapseUSecRealtime=Sun 2026-11-22 06:03:00 UTC
LastTriggerUSec=Sun 2026-11-22 05:07:12 UTC";;
  *"start context-sync.service"*) exit 1;;
esac`;
