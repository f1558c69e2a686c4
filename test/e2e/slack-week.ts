import { emptyFernhollow } from '../../src/demo/slack/company.ts';
import * as edits from '../../src/demo/slack/edits.ts';
import { type SlackSimulator, startSlackSimulator } from '../../src/demo/slack/server.ts';
import type { SlackWorkspace } from '../../src/demo/slack/workspace.ts';
import { dotenv } from './configuration.ts';
import { type Machine, newMachine } from './machine.ts';

export const DAY_MS = 86_400_000;
/** Midnight, some days ago. */
export const START = Math.floor(Date.now() / DAY_MS - 20) * DAY_MS;
export const day = (count: number) => new Date(START + count * DAY_MS).toISOString().slice(0, 10);

/** What Mina and others said in a week. */
export function week() {
  const workspace = emptyFernhollow(new Date(START + 3_600_000).toISOString());
  const [mina, jonas] = ['U0FHMINA000', 'U0FHJONAS00'];
  const members = [mina, jonas, workspace.botUserId];
  const channel = (name: string, kind?: 'private_channel') =>
    edits.createChannel(workspace, { name, members, ...(kind && { kind }) });
  const [general, engineering, secret] = [
    channel('general'),
    channel('engineering'),
    channel('secret', 'private_channel'),
  ];
  const direct = edits.createChannel(workspace, { kind: 'im', members: [mina, jonas] });
  edits.postMessage(workspace, general, { by: jonas, text: 'What Jonas says before' });
  const hello = edits.postMessage(workspace, general, {
    by: mina,
    text: `Hello <@${jonas}>, *all* in <#${engineering}>`,
  });
  edits.addReaction(workspace, general, hello, { name: 'wave', by: jonas });
  edits.addReaction(workspace, general, hello, { name: 'wave', by: mina });
  const root = edits.postMessage(workspace, engineering, { by: jonas, text: 'Who mends it?' });
  const reply = edits.reply(workspace, engineering, root, { by: mina, text: 'I do' });
  edits.reply(workspace, engineering, root, { by: jonas, text: 'Thanks' });
  edits.postMessage(workspace, secret, { by: mina, text: 'Between a few' });
  edits.postMessage(workspace, direct, { by: mina, text: 'Between two' });
  edits.joinChannel(workspace, general, jonas, mina);
  workspace.now = START + 3 * DAY_MS;
  const edited = edits.postMessage(workspace, general, { by: mina, text: 'Meat at noon' });
  edits.editMessage(workspace, general, edited, { text: 'Meet at noon' });
  const broadcast = edits.reply(workspace, engineering, root, {
    by: mina,
    text: 'Mended, all',
    broadcast: true,
  });
  const untouched = edits.postMessage(workspace, engineering, { by: jonas, text: 'Elsewhere' });
  edits.reply(workspace, engineering, untouched, { by: jonas, text: 'Myself' });
  return { workspace, general, engineering, mina, jonas, hello, root, reply, edited, broadcast };
}

interface Configured {
  readonly channels?: string;
  /** Further lines of the source's configuration. */
  readonly settings?: string;
}

async function machineFor(
  simulator: SlackSimulator,
  token: string,
  { channels = 'all', settings = '' }: Configured,
): Promise<Machine> {
  const machine = await newMachine();
  await machine.write(
    'context.config.yaml',
    `version: 1
repo: { path: repo }
sources:
  - id: slack
    type: slack
    url: ${new URL(simulator.url).origin}
    files_url: ${simulator.filesUrl}
    auth: { token: "\${SLACK_TOKEN}" }
    channels: ${channels}
${settings}    requests_per_minute: { conversations.history: 100000, conversations.replies: 100000 }
`,
  );
  await machine.write('.env', dotenv({ SLACK_TOKEN: token }));
  return machine;
}

export type Line = Record<string, unknown>;
export const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
export const textsOf = (lines: readonly Line[]) => lines.map(({ text }) => text);

/** A machine of Mina's in the week, or in another workspace. */
export async function started(
  workspace: SlackWorkspace,
  options: Configured & { readonly asBot?: boolean } = {},
) {
  const simulator = await startSlackSimulator({ workspace });
  const token = options.asBot ? simulator.token : simulator.userToken;
  const machine = await machineFor(simulator, token, options);
  return {
    ...{ simulator, machine },
    ctx: (...args: string[]) => machine.ctxHere(['slack', 'export', ...args]),
    printed: async (...args: string[]) =>
      linesOf((await machine.ctxHere(['slack', 'export', '--output', '-', ...args])).stdout),
    async [Symbol.asyncDispose]() {
      await simulator.close();
      await machine[Symbol.asyncDispose]();
    },
  };
}
