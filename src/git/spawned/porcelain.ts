import { type SimpleGit, simpleGit } from 'simple-git';
import type { Access } from './access.ts';
import { gitEnvironment, SETTINGS } from './command.ts';

/** Variables that simple-git refuses and that no command of ours needs. */
const INTERACTIVE = new Set(['EDITOR', 'VISUAL', 'PAGER', 'PREFIX']);

const NO_ACCESS: Access = { settings: [], env: {} };

/**
 * simple-git for the commands that people know (init, clone, fetch, push, log), a few per run: it costs some 50 ms
 * each and can't stream. Its guards against options from untrusted text are opened only where the user's
 * environment and our own fixed settings need it.
 */
export function porcelain(cwd: string, { settings, env }: Access = NO_ACCESS): SimpleGit {
  const entries = Object.entries(gitEnvironment(env)).filter(
    ([name]) => !INTERACTIVE.has(name.toUpperCase()),
  );
  return simpleGit({
    baseDir: cwd,
    config: [...SETTINGS, ...settings],
    allowEnvironment: entries.map(([name]) => name).filter((name) => name.startsWith('GIT_')),
    unsafe: {
      allowUnsafeAskPass: true,
      allowUnsafeConfigEnvCount: true,
      allowUnsafeConfigPaths: true,
      allowUnsafeCredentialHelper: true,
      allowUnsafeExec: true,
      allowUnsafeFilter: true,
      allowUnsafeFsMonitor: true,
      allowUnsafeGitProxy: true,
      allowUnsafeHooksPath: true,
      allowUnsafeProtocolOverride: true,
      allowUnsafeSshCommand: true,
      allowUnsafeTemplateDir: true,
    },
  }).env(Object.fromEntries(entries));
}
