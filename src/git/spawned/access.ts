import type { Remote } from '../credentials.ts';

/** What a git process is given so that it can answer a remote that asks who it is. */
export interface Access {
  /** As `name=value`. */
  readonly settings: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** git's credential protocol (https://git-scm.com/docs/gitcredentials). The shell's own `printf` makes no command line. */
const HELPER = `!f() { test "$1" = get && printf 'username=%s\\npassword=%s\\n' "$CTX_REMOTE_USERNAME" "$CTX_REMOTE_PASSWORD"; }; f`;

/**
 * Hands over credentials by the environment, which only the same user can read, to a credential helper of the
 * remote's own origin: after a redirect to another one git asks other helpers. The empty value before it keeps the user's
 * helpers from storing what is not theirs. Without credentials everything is as the user has set it up.
 */
export function accessTo({ url, credentials }: Remote): Access {
  if (credentials === undefined) return { settings: [], env: {} };
  const name = `credential.${new URL(url).origin}.helper`;
  return {
    settings: [`${name}=`, `${name}=${HELPER}`],
    env: { CTX_REMOTE_USERNAME: credentials.username, CTX_REMOTE_PASSWORD: credentials.password },
  };
}
