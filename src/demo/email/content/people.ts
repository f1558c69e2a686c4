import { PEOPLE } from '../../workspace/content/people.ts';

/** A person of the company as a header of mail names them, or somebody else whom the company writes with. */
export function mailbox(nick: string): string {
  const member = PEOPLE.find((one) => one.nick === nick);
  if (member) return `${member.displayName} <${member.email}>`;
  const other = OTHERS[nick];
  if (other === undefined) throw new Error(`nobody is called ${nick}`);
  return other;
}

const OTHERS: Readonly<Record<string, string>> = {
  finance: 'Ruth Amsel <ruth@amsel-accounts.example>',
  postbell: 'Postbell Support <support@postbell.example>',
  nursery: 'Ilse Brandt <brandt@kesselgrund-nursery.example>',
  buyer: 'Leo Marchetti <leo.marchetti@letters.example>',
  landlord: 'Hausverwaltung Krume <office@krume-house.example>',
  news: 'Garden Trade Weekly <news@gardentrade.example>',
  makers: 'Makers <makers@lists.fernhollow.example>',
  potter: 'Agnes Thorn <agnes@thorn-pottery.example>',
  weaver: 'Willow & Sons <hello@willow-sons.example>',
  daemon: 'Mail Delivery System <MAILER-DAEMON@mx.fernhollow.example>',
};
