import { companyWorkspace } from '../workspace/company.ts';
import { PEOPLE } from '../workspace/content/people.ts';
import { DESK_TALK } from './content/desk-talk.ts';
import { addPeople, userId } from './content/people.ts';
import { postTalk } from './content/post-talk.ts';
import { TALK } from './content/talk.ts';
import { createChannel, joinChannel, renameChannel } from './edits.ts';
import { emptySlack, type SlackWorkspace } from './workspace.ts';

const FOUNDED = '2025-09-01T07:00:00Z';

/** Friday, eleven days before the demo begins. */
const RENAMED = '2026-02-20T09:00:00Z';

/** The Monday on which the demo begins. */
const MORNING = '2026-03-02T07:30:00Z';

/** The team's identity, without channels. */
export function emptyFernhollow(now: string): SlackWorkspace {
  const workspace = emptySlack({
    team: {
      id: 'T0FHFERNHOL',
      domain: 'fernhollow',
      name: 'Fernhollow',
      url: 'https://fernhollow.slack.example/',
      emailDomain: 'fernhollow.example',
    },
    botUserId: userId('greenhouse'),
    userId: userId('mina'),
    now,
  });
  addPeople(workspace);
  return workspace;
}

/** The Slack of Fernhollow, on a Monday morning: the same records and ids each time. */
export function companySlack(): SlackWorkspace {
  const workspace = emptyFernhollow(FOUNDED);
  const company = companyWorkspace();
  const channels = setUpChannels(workspace);
  for (const [name, talk] of Object.entries({ ...TALK, desk: DESK_TALK }))
    postTalk(workspace, company, channels.get(name) ?? '', talk);
  workspace.emoji.set('seedling-spin', `${workspace.team.url}emoji/seedling-spin.gif`);
  workspace.emoji.set('sprout', 'alias:seedling-spin');
  workspace.now = Date.parse(MORNING);
  workspace.revision = 0;
  workspace.journal.length = 0;
  return workspace;
}

function setUpChannels(workspace: SlackWorkspace): Map<string, string> {
  const everyone = PEOPLE.filter(({ accountType }) => accountType === 'atlassian').map(({ nick }) => nick);
  const engineers = PEOPLE.filter(({ groups, active }) => active && groups.includes('engineering')).map(
    ({ nick }) => nick,
  );
  const ids = (nicks: readonly string[]) => nicks.map(userId);
  const withBot = (id: string) => {
    joinChannel(workspace, id, workspace.botUserId, userId('mina'));
    return id;
  };
  const general = createChannel(workspace, {
    name: 'general',
    isGeneral: true,
    members: ids(everyone),
    topic: 'The market opens at nine',
    purpose: 'For everyone at Fernhollow',
  });
  const engineering = createChannel(workspace, {
    name: 'engineering',
    members: ids(engineers),
    purpose: 'How we build it',
  });
  const incidents = createChannel(workspace, {
    name: 'incidents',
    members: ids(engineers),
    topic: 'Phone first',
  });
  const storefront = createChannel(workspace, {
    name: 'shop',
    members: ids(['teo', 'sora', 'mina', 'priya']),
  });
  const onCall = createChannel(workspace, {
    name: 'on-call',
    kind: 'private_channel',
    members: ids(['jonas', 'mina', 'hana']),
  });
  const people = createChannel(workspace, { kind: 'im', members: ids(['mina', 'jonas']) });
  const bot = createChannel(workspace, { kind: 'im', members: ids(['mina', 'greenhouse']) });
  const group = createChannel(workspace, {
    kind: 'mpim',
    name: 'mpdm-mina--jonas--hana-1',
    members: ids(['mina', 'jonas', 'hana']),
  });
  const desk = createChannel(workspace, {
    name: 'desk',
    members: ids(['mina', 'priya', 'jonas', 'hana']),
    purpose: 'Coffee, chairs and the fern',
  });
  for (const id of [general, engineering, incidents, storefront, onCall, desk]) withBot(id);
  workspace.now = Date.parse(RENAMED);
  renameChannel(workspace, storefront, 'storefront', userId('teo'));
  return new Map([
    ['general', general],
    ['engineering', engineering],
    ['incidents', incidents],
    ['storefront', storefront],
    ['on-call', onCall],
    ['im:mina jonas', people],
    ['im:mina greenhouse', bot],
    ['mpim:mina jonas hana', group],
    ['desk', desk],
  ]);
}
