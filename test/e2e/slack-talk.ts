import { emptyFernhollow } from '../../src/demo/slack/company.ts';
import * as edits from '../../src/demo/slack/edits.ts';
import { type SlackSimulator, startSlackSimulator } from '../../src/demo/slack/server.ts';
import { documentsAt } from '../harness/git.ts';
import { dotenv } from './configuration.ts';
import { type Machine, newMachine } from './machine.ts';

const DAY_MS = 86_400_000;

/** Two channels in which something was said on each of the last days. */
export async function startTalk(days: number): Promise<SlackSimulator> {
  const now = Date.now();
  const workspace = emptyFernhollow(new Date(now - days * DAY_MS + 3_600_000).toISOString());
  const members = [workspace.userId, workspace.botUserId];
  const channels = ['general', 'releases'].map((name) => edits.createChannel(workspace, { name, members }));
  for (let day = 0; day < days; day += 1) {
    for (const channel of channels) {
      const root = edits.postMessage(workspace, channel, { text: `CVE-2026-${day} in release ${day}?` });
      edits.reply(workspace, channel, root, { text: `Mended in release ${day + 1}` });
      edits.postMessage(workspace, channel, { text: `Word of day ${day}` });
    }
    workspace.now += DAY_MS;
  }
  workspace.now = now;
  return startSlackSimulator({ workspace });
}

/** A machine that is configured to read the talk with this token. */
export async function machineFor({ url, filesUrl }: SlackSimulator, token: string): Promise<Machine> {
  const machine = await newMachine();
  await machine.write(
    'context.config.yaml',
    `version: 1
repo: { path: repo }
sources:
  - id: slack
    type: slack
    url: ${new URL(url).origin}
    files_url: ${filesUrl}
    auth: { token: "\${SLACK_TOKEN}" }
    channels: [general, releases]
    requests_per_minute:
      conversations.history: 100000
      conversations.replies: 100000
  - id: jira
    type: jira
    url: https://jira.example
    auth: { token: "\${JIRA_TOKEN}" }
    views: { ALL: project = X }
`,
  );
  await machine.write('.env', dotenv({ SLACK_TOKEN: token }));
  return machine;
}

/** By path. */
export function documentsOf({ repo }: Machine): Map<string, string> {
  return new Map([...documentsAt(repo)].filter(([, text]) => text.startsWith('---\n')));
}
