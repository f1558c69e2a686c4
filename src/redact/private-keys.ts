import type { Finding } from './finding.ts';
import { matchesOf } from './matches.ts';

const kind = 'private-key';

const keyBegin = /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
const keyEnd = /-----END (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
/** What stands between the lines of a key in text, quotes, cells and JSON strings. */
const between = String.raw`(?:\s|\\[nr]|[>|"',+]|<br ?\/?>)`;
/** The first lines of a key whose end is missing. */
const keyLines = new RegExp(`^${between}*(?:[A-Za-z0-9+/=]{16,}${between}*)+`);

/** The armour of a key, in base64 as a whole: the three ways in which its words can lie in groups of three bytes. */
const wrapped = /(?<![A-Za-z0-9+/])LS0tLS1CRUdJTi[A-Za-z0-9+/]{24,}={0,2}/g;

/** https://the.earth.li/~sgtatham/putty/latest/htmldoc/AppendixC.html */
const putty =
  /Private-Lines: {0,4}\d{1,4}(?:\s|\\[nr]|[>|"',+]|<br ?\/?>)+(?<secret>(?:[A-Za-z0-9+/=]{16,}(?:\s|\\[nr]|[>|"',+]|<br ?\/?>)*)+)/g;

/** What the rules' version is made from. */
export const privateKeyPatterns: readonly RegExp[] = [keyBegin, keyEnd, keyLines, wrapped, putty];

/** Private keys with their armour; a name of the armour alone is no key. */
export function findPrivateKeys(text: string): Finding[] {
  return [...findArmoured(text), ...findWrapped(text), ...findPutty(text)];
}

function findArmoured(text: string): Finding[] {
  const begins = [...matchesOf(keyBegin, text)];
  const ends = begins.length === 0 ? [] : [...matchesOf(keyEnd, text)];
  let next = 0;
  return begins.flatMap((begin, index) => {
    const body = begin.index + begin[0].length;
    const limit = begins[index + 1]?.index ?? text.length;
    while (next < ends.length && (ends[next]?.index ?? 0) < body) next += 1;
    const end = ends[next];
    if (end !== undefined && end.index < limit) {
      const hasKey = /[A-Za-z0-9+/=]{16}/.test(text.slice(body, end.index));
      return hasKey ? [{ start: begin.index, end: end.index + end[0].length, kind }] : [];
    }
    const lines = keyLines.exec(text.slice(body, limit))?.[0].trimEnd();
    return lines === undefined ? [] : [{ start: begin.index, end: body + lines.length, kind }];
  });
}

function findWrapped(text: string): Finding[] {
  return [...matchesOf(wrapped, text)].flatMap(({ 0: written, index }) => {
    const begin = Buffer.from(written.slice(0, 80), 'base64').toString('latin1');
    return /^-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY/.test(begin)
      ? [{ start: index, end: index + written.length, kind }]
      : [];
  });
}

function findPutty(text: string): Finding[] {
  return [...matchesOf(putty, text)].map((match) => {
    const secret = (match.groups?.secret ?? '').trimEnd();
    const start = match.index + match[0].indexOf(secret);
    return { start, end: start + secret.length, kind };
  });
}
