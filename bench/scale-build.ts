import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
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
  readonly requests: readonly SentRequest[];
}

interface SentRequest {
  readonly method: string;
  readonly target: string;
  readonly body?: unknown;
  /** Whether it asked for the text of documents. */
  readonly isBody: boolean;
}

export interface ScaleRuns {
  readonly first: ScaleRun;
  readonly second: ScaleRun;
  /** How long the second run's requests take when nothing is done with the answers, and a `git status` after them. */
  readonly bareSeconds: number;
}

/** Builds `size` pages and `size` tickets twice, the simulator and each run in processes of their own. */
export async function buildTwice(size: number): Promise<ScaleRuns> {
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
      return { seconds, peakMegabytes, requests: await next<SentRequest[]>() };
    };
    const [first, second] = [await run(), await run()];
    const start = performance.now();
    const authorization = `Basic ${Buffer.from(`${username}:${token}`).toString('base64')}`;
    await sendAll(second.requests, url, authorization);
    execFileSync('git', ['status', '--porcelain'], { cwd: join(folder, 'repo') });
    return { first, second, bareSeconds: (performance.now() - start) / 1000 };
  } finally {
    await stop(simulator);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The requests of each path in their order, those of different paths side by side: as a listing must be read. */
async function sendAll(requests: readonly SentRequest[], site: string, authorization: string): Promise<void> {
  const listings = Map.groupBy(requests, ({ target }) => target.replace(/\?.*/, ''));
  await Promise.all(
    listings.values().map(async (listing) => {
      for (const { method, target, body } of listing) {
        const headers = { authorization, 'content-type': 'application/json' };
        const sent = body == null ? {} : { body: JSON.stringify(body) };
        const answer = await fetch(new URL(target, site), { method, headers, ...sent });
        if (!answer.ok) throw new Error(`${method} ${target} answered ${answer.status}`);
        await answer.json();
      }
    }),
  );
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
