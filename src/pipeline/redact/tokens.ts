import type { Finding } from './finding.ts';
import { isPlaceholder } from './literal.ts';

interface TokenRule {
  readonly kind: string;
  /** Global, linear in the text. A group `secret` narrows what is replaced. */
  readonly pattern: RegExp;
  /** Asks more of a match than its shape. */
  readonly accepts?: (secret: string) => boolean;
}

/** A URL's user information; the greedy password reaches the last `@` of the authority. */
const urlPassword =
  /:\/\/(?:[^\s/:@["'`<>\uFDD0\uFDD1]|\[redacted:[a-z0-9-]+\]){0,128}:(?<secret>[^\s/"'`\uFDD0\uFDD1]{1,256})@(?=[\w.[-])/gi;

/**
 * Secrets that are told by their own shape, where secretlint's recommended rules know no rule, leave it off
 * (AWS key ids), or want surroundings that a page does not have.
 */
export const tokenRules: readonly TokenRule[] = [
  // https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/
  { kind: 'atlassian-token', pattern: /(?<![A-Za-z0-9])AT(?:ATT|CTT|STT|OTT)3[\w=-]{16,}/g },
  { kind: 'atlassian-token', pattern: /(?<![A-Za-z0-9])ATBB[A-Za-z0-9_=-]{20,}/g },
  {
    kind: 'jwt',
    pattern: /(?:(?<![\w-])|(?<=%[0-9A-Fa-f]{2}))eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]+){0,2}/g,
  },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  { kind: 'aws-access-key', pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])/g },
  { kind: 'google-api-key', pattern: /(?<![\w-])AIza[\w-]{35}(?![\w-])/g },
  { kind: 'google-oauth-secret', pattern: /(?<![\w-])GOCSPX-[\w-]{28}(?![\w-])/g },
  { kind: 'google-oauth-token', pattern: /(?<![\w.-])ya29\.[\w-]{20,}/g },
  { kind: 'github-token', pattern: /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{40,})/g },
  { kind: 'slack-token', pattern: /(?<![A-Za-z0-9])(?:xox[a-z](?:\.xox[a-z])?|xapp)-[\w%-]{10,}/g },
  {
    kind: 'slack-webhook',
    pattern: /hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/(?<secret>\w{3,}\/[\w/]{8,})/gi,
  },
  {
    kind: 'url-signature',
    pattern:
      /[?&](?:amp;)?(?:sig|X-Amz-Signature|X-Amz-Security-Token|X-Goog-Signature)=(?<secret>[\w%+/=.-]{24,})/gi,
  },
  {
    kind: 'password',
    pattern: urlPassword,
    accepts: (secret) => secret !== 'x-oauth-basic' && !isPlaceholder(secret),
  },
  { kind: 'github-token', pattern: /:\/\/(?<secret>[^\s/:@]{16,256}):x-oauth-basic@/gi },
  {
    kind: 'bearer-token',
    pattern: /\bbearer[^\S\n]{1,4}(?<secret>[\w.~+/-]{16,}=*)/gi,
    accepts: (secret) => /\d/.test(secret) && /[A-Za-z]/.test(secret),
  },
  {
    kind: 'basic-auth',
    pattern: /\bbasic[^\S\n]{1,4}(?<secret>[A-Za-z0-9+/]{8,}={0,2})/gi,
    accepts: (secret) =>
      /^[^\p{Cc}:\uFFFD]{1,200}:[^\p{Cc}\uFFFD]+$/u.test(Buffer.from(secret, 'base64').toString('utf8')),
  },
  {
    kind: 'password',
    pattern: /(?<![\w-])(?:-u|--user)[=\s]{0,2}["']?[^\s:"']{1,128}:(?<secret>[^\s"'`\uFDD0\uFDD1]{8,})/g,
    accepts: (secret) => !isPlaceholder(secret),
  },
];

export function findTokens(text: string): Finding[] {
  return tokenRules.flatMap(({ kind, pattern, accepts }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const secret = match.groups?.secret ?? match[0];
      if (accepts?.(secret) === false) return [];
      const start = match.index + match[0].lastIndexOf(secret);
      return [{ start, end: start + secret.length, kind }];
    }),
  );
}

const keyBegin = /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
const keyEnd = /-----END (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
/** The first lines of a key whose end is missing, as they stand in text, quotes, cells and JSON strings. */
const keyLines = /^(?:\s|\\[nr]|[>|"',]|<br ?\/?>)*(?:[A-Za-z0-9+/=]{16,}(?:\s|\\[nr]|[>|"',]|<br ?\/?>)*)+/;

/** Private keys with their armour; a name of the armour alone is no key. */
export function findPrivateKeys(text: string): Finding[] {
  const kind = 'private-key';
  const begins = [...text.matchAll(keyBegin)];
  const ends = begins.length === 0 ? [] : [...text.matchAll(keyEnd)];
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
