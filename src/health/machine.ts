import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { gitVersion } from '../git/inspect.ts';
import { hasUsableGit } from '../git/spawned/usable.ts';
import { type Check, ok } from './check.ts';

const GIT_FIX = 'Install git 2.30 or later, so that it is found in PATH.';

/** Without git a build works, by an engine of its own; what reads history, and search, do not. */
export const gitCheck: Check = {
  name: 'git',
  async run({ cwd }) {
    const [version, isUsable] = await Promise.all([gitVersion(cwd), hasUsableGit(cwd)]);
    if (version === undefined)
      return { status: 'warn', detail: 'not in PATH: search and history need it', fix: GIT_FIX };
    if (!isUsable) return { status: 'warn', detail: `${version} is too old`, fix: GIT_FIX };
    return ok(version);
  },
};

export const nodeCheck: Check = {
  name: 'node',
  run: async () => ok(process.versions.node),
};

const MB = 1024 * 1024;
const LITTLE = 200 * MB;
const GB = 1024 * MB;

/** A run writes what it reads twice before it commits: to its spool, and as objects. */
export const diskCheck: Check = {
  name: 'disk',
  async run({ loaded, repo, cwd }) {
    const place = existing(loaded?.config.repo.path ?? cwd);
    const { bavail, bsize } = await statfs(place);
    const free = bavail * bsize;
    const detail = `${(free / GB).toFixed(1)} GB free at ${place}`;
    const fix = `Make room on the disk of ${place}, or set \`repo.path\` in context.config.yaml to a folder on another one.`;
    if (free < LITTLE) return { status: 'fail', detail, fix };
    if (free < Math.max(GB, 2 * (repo?.bytes ?? 0))) return { status: 'warn', detail, fix };
    return ok(detail);
  },
};

function existing(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : existing(dirname(path));
}
