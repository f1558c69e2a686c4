import type { Group, Person } from '../model.ts';

/** The team of Fernhollow, a made-up market place for small garden makers. `nick` is how the texts call them. */
export interface TeamMember extends Person {
  readonly nick: string;
}

const MAIL = 'fernhollow.example';

function member(
  nick: string,
  displayName: string,
  accountId: string,
  timeZone: string,
  groups: readonly string[],
): TeamMember {
  const email = `${nick}@${MAIL}`;
  const all = ['everyone', ...groups];
  return {
    nick,
    displayName,
    accountId,
    timeZone,
    email,
    groups: all,
    active: true,
    accountType: 'atlassian',
  };
}

export const PEOPLE: readonly TeamMember[] = [
  member('mina', 'Mina Okafor', '712020:0aa1b2c3-0001-4d5e-8f60-718293a4b5c6', 'Europe/Berlin', [
    'engineering',
    'on-call',
  ]),
  member('jonas', 'Jonas Lindqvist', '712020:1bb2c3d4-0002-4e5f-9a71-8293a4b5c6d7', 'Europe/Stockholm', [
    'engineering',
    'on-call',
  ]),
  member('priya', 'Priya Raman', '5f3c9a7be1d2046a8b90c0d1', 'Asia/Kolkata', ['engineering']),
  member('teo', 'Teo Álvarez', '5f3c9a7be1d2046a8b90c0d2', 'Europe/Madrid', ['product']),
  member('hana', '김하나 (Hana Kim)', '712020:2cc3d4e5-0003-4f60-8b82-93a4b5c6d7e8', 'Asia/Seoul', [
    'engineering',
    'on-call',
  ]),
  member('sora', '中村そら', '712020:3dd4e5f6-0004-4071-9c93-a4b5c6d7e8f9', 'Asia/Tokyo', ['product']),
  member('ada', 'Ada Whitlock', '5f3c9a7be1d2046a8b90c0d3', 'Europe/London', ['leads', 'product']),
  member('bruno', 'Bruno Keller', '712020:4ee5f607-0005-4182-8da4-b5c6d7e8f90a', 'Europe/Zurich', [
    'leads',
    'engineering',
  ]),
  {
    ...member('gwen', 'Gwen Abara', '5f3c9a7be1d2046a8b90c0d4', 'Europe/London', ['engineering']),
    active: false,
  },
  {
    ...member('greenhouse', 'Greenhouse Bot', '557058:f0a1b2c3-0006-4293-9eb5-c6d7e8f90a1b', 'Etc/UTC', []),
    accountType: 'app',
  },
];

export const GROUPS: readonly Group[] = [
  { id: 'b6a1f0c2-9d3e-4f58-8a07-000000000001', name: 'everyone' },
  { id: 'b6a1f0c2-9d3e-4f58-8a07-000000000002', name: 'engineering' },
  { id: 'b6a1f0c2-9d3e-4f58-8a07-000000000003', name: 'on-call' },
  { id: 'b6a1f0c2-9d3e-4f58-8a07-000000000004', name: 'product' },
  { id: 'b6a1f0c2-9d3e-4f58-8a07-000000000005', name: 'leads' },
];

export function personId(nick: string): string {
  const person = PEOPLE.find((each) => each.nick === nick);
  if (person === undefined) throw new Error(`nobody at Fernhollow is called ${nick}`);
  return person.accountId;
}
