import { execFile } from 'node:child_process';

/** How long `gh` may take: it reads a file, or asks the system's keyring. */
const TIMEOUT_MS = 10_000;

/**
 * The token that GitHub's own command line is logged in with on a host, such as `github.com`; undefined without one, and where
 * `gh` is not installed. https://cli.github.com/manual/gh_auth_token
 */
export function githubCliToken(host: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(
      'gh',
      ['auth', 'token', '--hostname', host],
      { env, timeout: TIMEOUT_MS, windowsHide: true },
      // Whatever stands in its way, the variable that is not set is then named.
      (error, stdout) => resolve(error ? undefined : stdout.trim() || undefined),
    );
  });
}
