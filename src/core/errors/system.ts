import { entry } from './entry.ts';

/** Failures of the operating system that nothing closer to the cause could explain better. */
export const systemErrors = {
  'system.refused': entry<{ call: string; path: string; reason: string }>({
    kind: 'failed',
    message: ({ call, path, reason }) => `${path}: the system refused to ${call} it (${reason}).`,
    hint: ({ path, reason }) => adviceOn(reason, path),
    examples: ['EACCES', 'EROFS', 'ENOSPC', 'EMFILE'].map((reason) => ({
      ...{ call: '‹call›', path: '‹path›', reason },
    })),
  }),
};

function adviceOn(reason: string, path: string): string {
  switch (reason) {
    case 'EACCES':
    case 'EPERM':
      return `This user may not do that: change the owner or the rights of ${path}, then run again.`;
    case 'EROFS':
      return 'The file system is read-only: set `repo.path` in context.config.yaml to a folder that can be written.';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk or the quota is full: make room, then run again; nothing is lost.';
    case 'EMFILE':
    case 'ENFILE':
      return 'Too many files are open: raise the limit (ulimit -n), then run again.';
    default:
      return 'Correct what the system complains about, then run again; nothing is lost.';
  }
}
