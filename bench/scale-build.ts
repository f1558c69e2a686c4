import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const CONFIGURATION = `version: 1
repo: { path: repo }
sources:
  - id: confluence
    type: confluence
    url: \${SITE}
    auth: { username: "\${SITE_USER}", token: "\${SITE_TOKEN}" }
    spaces: all
    gateway: \${SITE}
  - id: jira
    type: jira
    url: \${SITE}
    auth: { username: "\${SITE_USER}", token: "\${SITE_TOKEN}" }
    views:
      ALL: project in (SHOP, OPS) ORDER BY created
    gateway: \${SITE}
`;

/** One run of the program. */
export interface ScaleRun {
  readonly seconds: number;
  /** The most that the program ever had in memory, in MB of a million bytes; its git not counted. */
  readonly peakMegabytes: number;
  readonly requests: number;
  /** Requests for the text of documents. */
  readonly bodies: number;
}

/** Builds `size` pages and `size` tickets twice, the simulator and each run in processes of their own. */
export async function buildTwice(size: number): Promise<{ first: ScaleRun; second: ScaleRun }> {
  const folder = mkdtempSync(join(tmpdir(), 'ctx-scale-'));
  const simulator = spawn(process.execPath, [here('simulator.ts'), String(size)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const lines = createInterface({ input: simulator.stdout })[Symbol.asyncIterator]();
    const next = async <T>() => JSON.parse((await lines.next()).value ?? 'null') as T;
    const { url, username, token } = await next<{ url: string; username: string; token: string }>();
    writeFileSync(join(folder, 'context.config.yaml'), CONFIGURATION);
    const env = { ...process.env, HOME: folder, SITE: url, SITE_USER: username, SITE_TOKEN: token };
    const run = async (): Promise<ScaleRun> => {
      const { seconds, peakMegabytes } = await measured(folder, env);
      simulator.stdin.write('\n');
      return { seconds, peakMegabytes, ...(await next<{ requests: number; bodies: number }>()) };
    };
    return { first: await run(), second: await run() };
  } finally {
    await stop(simulator);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(cwd: string, env: NodeJS.ProcessEnv) {
  const start = performance.now();
  const program = spawn(
    process.execPath,
    ['--import', here('report-peak.ts'), here('../src/cli/main.ts'), 'build', '--json'],
    { cwd, env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
  );
  let talk = '';
  program.stderr?.setEncoding('utf8').on('data', (text: string) => (talk += text));
  let peak = Number.NaN;
  program.on('message', (message) => {
    peak = (message as { maxRSS: number }).maxRSS;
  });
  const [code] = (await once(program, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the build ended with ${code}: ${talk}`);
  return { seconds: (performance.now() - start) / 1000, peakMegabytes: (peak * 1024) / 1_000_000 };
}

async function stop(simulator: ChildProcess): Promise<void> {
  const closed = simulator.exitCode === null ? once(simulator, 'close') : undefined;
  simulator.kill();
  await closed;
}
