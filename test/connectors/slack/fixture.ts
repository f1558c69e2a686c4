import type { SlackSource } from '../../../src/config/sources/slack.ts';
import { slack } from '../../../src/connectors/slack/index.ts';
import { randomFaults } from '../../../src/demo/faults.ts';
import { emptyFernhollow } from '../../../src/demo/slack/company.ts';
import * as edits from '../../../src/demo/slack/edits.ts';
import type { ConnectorFixture, Settings, SourceContext } from '../../contract/source-context.ts';
import { clockOf } from '../../harness/clock.ts';
import { recordRun } from '../../harness/events.ts';
import { startSlack } from './harness.ts';
import { HAPPENINGS, type Happening, happen } from './random-talk.ts';

const DAY_MS = 86_400_000;

/** The tiers would make a first build wait. */
const UNHURRIED = Object.fromEntries(
  ['history', 'list', 'replies'].map((name) => [`conversations.${name}`, 1_000_000]),
);

/** Two channels with a few threads each, the last of them days ago. */
function talk() {
  const workspace = emptyFernhollow(new Date(Date.now() - 10 * DAY_MS).toISOString());
  const members = [workspace.userId, workspace.botUserId];
  const [general = '', random = ''] = ['general', 'random'].map((name) =>
    edits.createChannel(workspace, { name, members }),
  );
  const roots: string[] = [];
  const answers: string[] = [];
  for (const channel of [general, general, general, random]) {
    const root = edits.postMessage(workspace, channel, { text: `Question ${roots.length}` });
    answers.push(edits.reply(workspace, channel, root, { text: `Answer ${roots.length}` }));
    edits.postMessage(workspace, channel, { text: `Word ${roots.length}` });
    roots.push(root);
    workspace.now += DAY_MS;
  }
  // A server may name a moment to come back at.
  workspace.now = Date.now();
  return { workspace, channels: [general, random], roots, answers };
}

async function start({
  pageLimit = 3,
  config,
}: {
  readonly pageLimit?: number;
  readonly config?: Settings;
} = {}): Promise<SourceContext> {
  const { workspace, channels, roots, answers } = talk();
  const [general] = channels as [string];
  const own = config as Partial<SlackSource> | undefined;
  const context = await startSlack({
    ...{ workspace, pageLimit },
    config: { requests_per_minute: UNHURRIED, recent_days: 1, ...own },
  });
  const { simulator } = context;
  const withConfig = <T extends { readonly config?: Settings }>({ config: settings, ...choices }: T) => ({
    ...choices,
    config: settings as Partial<SlackSource>,
  });
  let told = 0;
  return {
    ...{ path: context.path, lines: context.lines, waits: context.waits, faults: simulator.faults },
    trouble(choices) {
      simulator.faults.schedule = randomFaults(choices);
    },
    secrets: [simulator.token],
    get requests() {
      return simulator.requests.map(({ method, params }) => ({
        url: `/api/${method}?${new URLSearchParams(params)}`,
        isBody: method === 'conversations.replies',
      }));
    },
    build: (choices = {}) => context.build(withConfig(choices)),
    record: (before) => recordRun(slack, context.source, before, clockOf(workspace)),
    documents: context.documents,
    files: context.files,
    fresh: (choices = {}) => context.fresh(withConfig(choices)),
    git: context.git,
    edit() {
      told += 1;
      edits.reply(workspace, general, roots[0] as string, { text: `Another answer ${told}` });
      return `${general}-${roots[0]}`;
    },
    rename() {
      edits.editMessage(workspace, general, roots[1] as string, { text: 'A better question' });
      return `${general}-${roots[1]}`;
    },
    remove() {
      const root = roots[2] as string;
      for (const ts of [root, answers[2] as string]) edits.deleteMessage(workspace, general, ts);
      return `${general}-${root}`;
    },
    happen(nth) {
      happen(workspace, channels, { what: HAPPENINGS[nth % HAPPENINGS.length] as Happening['what'], nth });
    },
    [Symbol.asyncDispose]: () => context[Symbol.asyncDispose](),
  };
}

export const slackFixture: ConnectorFixture = {
  type: 'slack',
  definition: slack,
  start,
  listings: {
    channels: /conversations\.list/,
    history: /conversations\.history/,
    users: /users\.list/,
  },
  mainListing: 'history',
  bodies: /conversations\.replies/,
  listsTexts: true,
};
