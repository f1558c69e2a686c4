import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expectSound, git } from './commit.ts';

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
  /** Runs that find nothing to do, and what each one's requests take when nothing is done with the answers. */
  readonly others: readonly (ScaleRun & { readonly bareSeconds: number })[];
}

/**
 * Builds `size` pages and `size` tickets by the program at `main`, and then `rounds` times more without any change; the
 * simulator and each run in processes of their own.
 */
export async function buildRepeatedly(size: number, rounds: number, main: string): Promise<ScaleRuns> {
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
      const { seconds, peakMegabytes } = await measured(main, folder, env);
      simulator.stdin.write('\n');
      return { seconds, peakMegabytes, requests: await next<SentRequest[]>() };
    };
    const first = await run();
    const authorization = `Basic ${Buffer.from(`${username}:${token}`).toString('base64')}`;
    const others: (ScaleRun & { readonly bareSeconds: number })[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const other = await run();
      const start = performance.now();
      await sendAll(other.requests, url, authorization);
      execFileSync('git', ['status', '--porcelain'], { cwd: join(folder, 'repo') });
      others.push({ ...other, bareSeconds: (performance.now() - start) / 1000 });
      // They were sent once more, and are no requests of the next run.
      simulator.stdin.write('\n');
      await next();
    }
    expectSound(join(folder, 'repo'));
    if (git(join(folder, 'repo'), 'rev-list', '--count', 'HEAD') !== '1')
      throw new Error('a run that had nothing to do made a commit');
    return { first, others };
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

async function measured(main: string, cwd: string, env: NodeJS.ProcessEnv) {
  const start = performance.now();
  const program = spawn(process.execPath, ['--import', here('report-peak.ts'), main, 'build', '--json'], {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
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
