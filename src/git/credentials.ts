import { percentDecode } from '../core/percent-decode.ts';

/** What a remote asks for before it lets anyone in. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** A remote as anyone may see it, and apart from it what it asks for, if its URL said so. */
export interface Remote {
  /** A name, a URL or a path. */
  readonly url: string;
  readonly credentials: Credentials | undefined;
}

/**
 * Takes the credentials out of an http(s) URL, so that they stand in no command line, no configuration of a repository
 * and no message. A user name alone is none: git asks its credential helpers for the rest.
 */
export function splitRemote(remote: string): Remote {
  const [head = '', scheme = '', username, password] =
    /^(https?:\/\/)([^/?#:]*):([^/?#]*)@/i.exec(remote) ?? [];
  if (username === undefined || password === undefined) return { url: remote, credentials: undefined };
  return {
    url: scheme + remote.slice(head.length),
    credentials: { username: percentDecode(username), password: percentDecode(password) },
  };
}

/** Text without the credentials that URLs in it may carry. */
export function withoutCredentials(text: string): string {
  return text.replaceAll(/([a-z][a-z0-9+.-]*:\/\/)[^\s/]+@/gi, '$1');
}

/** What went wrong with a remote, which may quote what it was sent. */
export function reasonOf(said: string, { credentials }: Remote): string {
  if (credentials === undefined || credentials.password === '') return withoutCredentials(said);
  const { username, password } = credentials;
  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  return withoutCredentials(said).replaceAll(password, '[secret]').replaceAll(basic, '[secret]');
}

/** The error as a cause, unless it or the remote that it is about holds credentials: then none. */
export function harmlessCause(error: unknown, { url, credentials }: Remote): unknown {
  const said = `${url} ${messageOf(error)}`;
  return credentials === undefined && withoutCredentials(said) === said ? error : undefined;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
