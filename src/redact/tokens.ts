import type { Finding } from './finding.ts';
import { isLiteral, isPlaceholder, isWordy } from './literal.ts';
import { matchesOf } from './matches.ts';

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

/** Secrets that are told by what stands around them. */
export const tokenRules: readonly TokenRule[] = [
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
  // https://docs.oracle.com/en/database/oracle/oracle-database/19/jjdbc/data-sources-and-URLs.html
  {
    kind: 'password',
    pattern: /jdbc:oracle:\w{1,8}:[^\s/@"']{1,64}\/(?<secret>[^\s/@"'`\uFDD0\uFDD1]{1,128})@/gi,
    accepts: (secret) => !isPlaceholder(secret),
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
  // https://dev.mysql.com/doc/refman/8.4/en/connecting.html: no space before the password, where `-p` asks for none.
  {
    kind: 'password',
    pattern: /\b(?:mysql|mariadb)\w{0,8}\b[^\n]{0,200}?[ \t]-p["']?(?<secret>[^\s"'`\uFDD0\uFDD1]{8,256})/g,
    accepts: isLiteral,
  },
  {
    kind: 'password',
    pattern:
      /\b(?:sshpass|(?:docker|podman|registry|az|oc) login)\b[^\n]{0,200}?[ \t]-p[ \t=]{0,4}["']?(?<secret>[^\s"'`\uFDD0\uFDD1]{8,256})/g,
    accepts: isLiteral,
  },
  // https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html
  {
    kind: 'password',
    pattern: /\blogin\s{1,8}\S{1,128}\s{1,8}password\s{1,8}["']?(?<secret>[^\s"'`\uFDD0\uFDD1]{8,256})/g,
    accepts: (secret) => isLiteral(secret) && !isWordy(secret),
  },
  // https://discord.com/developers/docs/resources/webhook
  {
    kind: 'discord-webhook',
    pattern: /discord(?:app)?\.com\/api\/webhooks\/\d{16,20}\/(?<secret>[\w-]{60,})/gi,
  },
  // https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
  {
    kind: 'teams-webhook',
    pattern: /webhook\.office\.com\/webhookb2\/(?<secret>[\w@-]{36,}\/IncomingWebhook\/[\w/-]{32,})/gi,
  },
];

export function findTokens(text: string): Finding[] {
  return tokenRules.flatMap(({ kind, pattern, accepts }) =>
    [...matchesOf(pattern, text)].flatMap((match) => {
      const secret = match.groups?.secret ?? match[0];
      if (accepts?.(secret) === false) return [];
      const start = match.index + match[0].lastIndexOf(secret);
      return [{ start, end: start + secret.length, kind }];
    }),
  );
}
