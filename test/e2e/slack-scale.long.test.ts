import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { slackScale } from '../../src/demo/slack/scale.ts';
import { type SlackSimulator, startSlackSimulator } from '../../src/demo/slack/server.ts';
import { dotenv } from './configuration.ts';
import { type Machine, newMachine, type Running } from './machine.ts';

const KILLS = 10;
/** `npm run test:scale` asks for as many as a workspace has. */
const MESSAGES = Number(process.env.SLACK_MESSAGES ?? 2_500);

const CONFIGURATION = `version: 1
repo: { path: repo }
sources:
  - id: slack
    type: slack
    url: \${SLACK_URL}
    files_url: \${SLACK_FILES_URL}
    auth: { token: "\${SLACK_TOKEN}" }
    days: 1500
    late_replies_days: 0
    requests_per_minute: { conversations.history: 1000000, conversations.replies: 1000000 }
`;

async function machineFor({ url, filesUrl, token }: SlackSimulator): Promise<Machine> {
  const machine = await newMachine();
  const site = new URL(url).origin;
  await machine.write('context.config.yaml', CONFIGURATION);
  await machine.write('.env', dotenv({ SLACK_URL: site, SLACK_FILES_URL: filesUrl, SLACK_TOKEN: token }));
  return machine;
}

/** The most that the process has had in memory so far, in MB of a million bytes; its git not counted. */
function peakOf({ pid }: Running): number {
  const file = `/proc/${pid}/status`;
  // A process that has just ended has none.
  const [, kilobytes = 0] =
    (existsSync(file) && /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8'))) || [];
  return (Number(kilobytes) * 1024) / 1e6;
}

/** Runs the program, and kills it after so many requests. Answers the peak, and whether it came to its end. */
async function run(
  machine: Machine,
  simulator: SlackSimulator,
  args: readonly string[],
  requests = Infinity,
) {
  const before = simulator.requests.length;
  const running = machine.start(['slack', 'sync', ...args]);
  let peak = 0;
  let hasEnded = false;
  const watch = async () => {
    while (!hasEnded) {
      peak = Math.max(peak, peakOf(running));
      if (simulator.requests.length - before >= requests) running.kill('SIGKILL');
      await sleep(50);
    }
  };
  const [{ code }] = await Promise.all([
    running.ended.finally(() => {
      hasEnded = true;
    }),
    watch(),
  ]);
  return { code, peak, requests: simulator.requests.length - before };
}

test.runIf(process.platform === 'linux')(
  `R4 ${MESSAGES} messages, killed ten times, end at the tree of the run that nobody disturbed, within 300 MB`,
  { timeout: 900_000 },
  async () => {
    const simulator = await startSlackSimulator({ workspace: slackScale({ messages: MESSAGES, seed: 7 }) });
    onTestFinished(() => simulator.close());
    await using undisturbed = await machineFor(simulator);
    await using disturbed = await machineFor(simulator);
    const whole = await run(undisturbed, simulator, []);
    expect(whole.code).toBe(0);
    const peaks = [whole.peak];
    let requests = 0;
    const share = Math.floor(whole.requests / (KILLS + 1));
    for (let kill = 0; kill < KILLS; kill += 1) {
      const killed = await run(disturbed, simulator, kill === 0 ? [] : ['--resume'], share);
      expect(killed.code).toBeNull();
      peaks.push(killed.peak);
      requests += killed.requests;
    }
    const last = await run(disturbed, simulator, ['--resume']);
    expect(last.code).toBe(0);
    peaks.push(last.peak);
    requests += last.requests;
    const told = `${whole.requests} requests undisturbed, ${requests} with ${KILLS} kills; peaks: ${peaks.map(Math.round).join(', ')} MB`;
    process.stdout.write(`${MESSAGES} messages: ${told}\n`);
    expect(disturbed.git('rev-parse', 'HEAD^{tree}')).toBe(undisturbed.git('rev-parse', 'HEAD^{tree}'));
    // Each run asks anew who and what is there, and for what was on its way.
    expect(requests).toBeLessThan(whole.requests + KILLS * 100);
    expect(Math.max(...peaks), told).toBeLessThanOrEqual(300);
  },
);
