import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const SYSTEMD = ['/usr/lib/systemd/systemd', '/lib/systemd/systemd'].find((path) => existsSync(path));

/**
 * Starts systemd's manager for a user in a mount namespace of its own, so that nothing of the machine's own systemd is seen or
 * touched, runs a script of the shell beside it, and ends it. The manager believes to have been booted by systemd, which it asks
 * of `/run`.
 */
export function besideUserManager(
  home: string,
  script: string,
): { code: number; stdout: string; stderr: string } {
  const inside = `set -e
mount -t tmpfs none /run
mkdir -p /run/systemd/system /run/user/own
chmod 700 /run/user/own
export XDG_RUNTIME_DIR=/run/user/own
${SYSTEMD} --user --log-target=null &
manager=$!
trap 'systemctl --user exit; wait $manager' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10; do
  systemctl --user is-system-running --wait > /dev/null 2>&1 && break
  sleep 0.3
done
systemctl --user show-environment > /dev/null
${script}
`;
  const { PATH = '' } = process.env;
  const ran = spawnSync('unshare', ['--mount', '--map-root-user', '/bin/sh', '-c', inside], {
    env: { HOME: home, PATH },
    encoding: 'utf8',
    timeout: 150_000,
  });
  return { code: ran.status ?? -1, stdout: ran.stdout, stderr: ran.stderr };
}

/** Why no manager can be started here; undefined if one can. */
export function obstacleToUserManager(home: string): string | undefined {
  if (SYSTEMD === undefined) return 'there is no systemd';
  const { code, stderr } = besideUserManager(home, 'true');
  return code === 0 ? undefined : stderr.trim() || `it ended with ${code}`;
}
