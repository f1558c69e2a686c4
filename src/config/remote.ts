import { resolve } from 'node:path';
import { expandHome } from '../core/paths.ts';
import { percentDecode } from '../core/percent-decode.ts';
import { variablesIn } from './variables.ts';

/** A URL's scheme, which may be a variable, and what stands before the `@` of its host. */
const USERINFO = /^((?:[a-z][a-z0-9+.-]*|\$\{\w+\}):\/\/)([^/?#]*)@/i;

/** Prefixes of access tokens, which some hosts take for a user name. */
const TOKEN = /^(?:gh[a-z]_|github_pat_|glpat-|gldt-|ATATT|ATCTT|ATBB|BBDC-)/;

/** What is wrong with a remote as it is written: a secret in the file itself. */
export function literalSecretIn(written: string): string | undefined {
  const [, , userinfo = ''] = USERINFO.exec(written) ?? [];
  const [user = '', ...rest] = userinfo.split(':');
  const isLiteral = rest.length > 0 && !/^\$\{[^{}]*\}$/.test(rest.join(':'));
  if (!isLiteral && !TOKEN.test(user)) return undefined;
  return `must hold no password but a variable, as in https://user:\${NAME}@host/repo.git: secrets do not belong in this file`;
}

/**
 * Fills in a remote. What comes to stand before the `@` is percent-encoded where it must be, so that it cannot end the
 * host's part. Alone there, a variable is taken for a token, which needs no user name.
 */
export function fillRemote(written: string, fill: (text: string) => string): string {
  const [head = '', scheme = '', userinfo] = USERINFO.exec(written) ?? [];
  const filled =
    userinfo === undefined
      ? fill(written)
      : `${fill(scheme)}${encodeUserinfo(fill(userinfo))}@${fill(written.slice(head.length))}`;
  const isVariable = userinfo !== undefined && variablesIn(userinfo).length > 0;
  return filled.replace(USERINFO, (found, before: string, user: string) => {
    const isToken = isHttp(before) && !user.includes(':') && (isVariable || TOKEN.test(user));
    return isToken ? `${before}${user}:@` : found;
  });
}

/** What is percent-encoded already stays so, as in any URL. */
const encodeUserinfo = (text: string): string =>
  text.replace(/[^\w.~!$&'()*+,;=:%-]|%(?![0-9a-f]{2})/giu, encodeURIComponent);

const isHttp = (url: string): boolean => /^https?:\/\//i.test(url);

/** What is wrong with a remote once it is filled in; it is not quoted. */
export function problemOfRemote(remote: string): string | undefined {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(remote)) return undefined;
  if (!URL.canParse(remote)) return 'is not a URL; a variable in it holds something else';
  const secrets = secretsOfRemote(remote);
  if (secrets.some((secret) => /\p{Cc}/u.test(secret))) return 'holds a control character';
  if (!isHttp(remote) && new URL(remote).password !== '')
    return 'holds a password, which only http(s) remotes take';
  return undefined;
}

/** What of a remote must not be shown: its password, or the token that stands for one; as it is, and as it is written. */
export function secretsOfRemote(remote: string): string[] {
  const [, , userinfo = ''] = USERINFO.exec(remote) ?? [];
  if (!userinfo.includes(':')) return [];
  const [user = '', ...rest] = userinfo.split(':');
  const secret = rest.join(':') || user;
  return secret === '' ? [] : [...new Set([percentDecode(secret), secret])];
}

/**
 * A remote with a path made absolute, since git would look for a relative one from the repository. URLs, `git@host:path` and
 * names of remotes stay as they are.
 */
export function absoluteRemote(remote: string, folder: string, home: string): string {
  const isPath = remote.includes('/') && !/^[^/]*:/.test(remote);
  return isPath || remote === '.' || remote === '..' ? resolve(folder, expandHome(remote, home)) : remote;
}
