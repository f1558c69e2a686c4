import { PEOPLE, type TeamMember } from '../../workspace/content/people.ts';
import type { Bot, SlackWorkspace, User, UserGroup } from '../workspace.ts';

/** A letter and ten characters that tell who it is. */
const idOf = (letter: string, nick: string): string =>
  `${letter}0FH${nick.toUpperCase()}`.padEnd(11, '0').slice(0, 11);

export const userId = (nick: string): string => idOf('U', nick);
export const botId = (nick: string): string => idOf('B', nick);

export const GREENHOUSE = botId('greenhouse');

const SINCE = Date.parse('2025-09-01T07:00:00Z') / 1000;

/** The company's people and its bot, under the names that they have in Jira and Confluence. */
export function addPeople(workspace: SlackWorkspace): void {
  for (const member of PEOPLE) {
    const user = toUser(member);
    workspace.users.set(user.id, user);
  }
  workspace.bots.set(GREENHOUSE, greenhouse());
  for (const group of [
    groupOf('on-call', 'On call', 'Whoever the pager rings for'),
    groupOf('leads', 'Leads', ''),
  ])
    workspace.groups.set(group.id, group);
}

function toUser({ nick, displayName, email, timeZone, active, accountType }: TeamMember): User {
  const isApp = accountType === 'app';
  return {
    id: userId(nick),
    name: nick,
    realName: displayName,
    displayName: isApp || nick === 'bruno' ? '' : nick,
    ...(isApp ? { botId: GREENHOUSE } : { email }),
    tz: timeZone,
    deleted: !active,
    updated: SINCE,
  };
}

function greenhouse(): Bot {
  const appId = idOf('A', 'greenhouse');
  return {
    id: GREENHOUSE,
    appId,
    userId: userId('greenhouse'),
    name: 'Greenhouse',
    deleted: false,
    updated: SINCE,
  };
}

function groupOf(handle: string, name: string, description: string): UserGroup {
  const users = PEOPLE.filter(({ groups, active }) => active && groups.includes(handle)).map(({ nick }) =>
    userId(nick),
  );
  return {
    id: idOf('S', handle.replace('-', '')),
    handle,
    name,
    description,
    users,
    created: SINCE,
    disabled: false,
  };
}
