import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Simulator } from '../../src/demo/server.ts';

/** Spares the program's many starts most of the compiling. */
const COMPILE_CACHE = join(tmpdir(), 'context-sync-test-compile-cache');

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname;

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCommand {
  readonly child: ChildProcess;
  readonly ended: Promise<CommandResult>;
}

/** Starts the program as a shell would, with nothing of the tests' own environment but where programs are. */
export function startCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
): RunningCommand {
  const { PATH = '', GIT_CONFIG_GLOBAL = '', GIT_CONFIG_SYSTEM = '' } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { PATH, GIT_CONFIG_GLOBAL, GIT_CONFIG_SYSTEM, HOME: cwd, NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<CommandResult>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

/** Writes a configuration of both sources for the simulator; answers its path and the environment it needs. */
export async function writeConfig(
  folder: string,
  { url, credentials }: Simulator,
  repo: string,
): Promise<{ readonly file: string; readonly env: Readonly<Record<string, string>> }> {
  const file = join(folder, 'context.config.yaml');
  // The file names variables as a user's would.
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration's own syntax
  const access = 'url: ${SITE}\n    gateway: ${SITE}\n    auth: { username: "${WHO}", token: "${TOKEN}" }';
  const sections = {
    confluence: `  - id: confluence\n    type: confluence\n    ${access}\n    spaces: all\n`,
    jira: `  - id: jira\n    type: jira\n    ${access}\n    views:\n      ASSIGNED: assignee = currentUser() AND resolution = Unresolved\n      WATCHING: watcher = currentUser() AND resolution = Unresolved\n      PROJECT: project in (SHOP, OPS)\n`,
  };
  await writeFile(
    file,
    `version: 1\nrepo: { path: ${repo} }\nsources:\n${sections.confluence}${sections.jira}`,
  );
  return { file, env: { SITE: url, WHO: credentials.username, TOKEN: credentials.token } };
}
