import { PEOPLE } from '../../workspace/content/people.ts';
import type { Account, Login } from '../workspace.ts';

/** How the company's people are called here, by their nicks. Gwen deleted her account when she left. */
const LOGINS: Readonly<Record<string, string | null>> = {
  mina: 'mina-okafor',
  jonas: 'jlindqvist',
  priya: 'priya-raman',
  teo: 'teo-alvarez',
  hana: 'hanakim',
  sora: 'sora-nakamura',
  ada: 'adawhitlock',
  bruno: 'brunok',
  gwen: null,
  greenhouse: 'fernhollow-greenhouse',
  dependabot: 'dependabot',
  // Of the tracker that the company had before.
  lena: 'lena-of-old',
};

export function loginOf(nick: string): Login {
  const login = LOGINS[nick];
  if (login === undefined) throw new Error(`nobody at Fernhollow is called ${nick}`);
  return login;
}

export const ORGANIZATION = 'fernhollow';

export function accounts(): Account[] {
  const people = PEOPLE.flatMap(({ nick, displayName, accountType }, index): Account[] => {
    const login = loginOf(nick);
    if (login === null) return [];
    const kind = accountType === 'app' ? 'Bot' : 'User';
    return [{ kind, login, databaseId: 1_001 + index, name: kind === 'Bot' ? null : displayName }];
  });
  return [
    { kind: 'Organization', login: ORGANIZATION, databaseId: 1_000, name: 'Fernhollow' },
    ...people,
    { kind: 'Bot', login: 'dependabot', databaseId: 1_050, name: null },
    { kind: 'Mannequin', login: 'lena-of-old', databaseId: 1_051, name: 'Lena' },
  ];
}

/** As commits name their authors, who need no account. */
export function authorOf(nick: string): {
  readonly name: string;
  readonly email: string;
  readonly login: Login;
} {
  const person = PEOPLE.find((each) => each.nick === nick);
  const name = person?.displayName ?? `${nick}[bot]`;
  return { name, email: person?.email ?? `${nick}@users.noreply.example`, login: loginOf(nick) };
}
