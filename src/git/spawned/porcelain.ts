import { type SimpleGit, simpleGit } from 'simple-git';
import { gitEnvironment, SETTINGS } from './command.ts';

/** Variables that simple-git refuses and that no command of ours needs. */
const INTERACTIVE = new Set(['EDITOR', 'VISUAL', 'PAGER', 'PREFIX']);

/**
 * simple-git for the commands that people know (init, clone, fetch, push, log), a few per run: it costs some 50 ms
 * each and can't stream. Its guards against options from untrusted text are opened only where the user's
 * environment and our own fixed settings need it.
 */
export function porcelain(cwd: string): SimpleGit {
  const entries = Object.entries(gitEnvironment()).filter(([name]) => !INTERACTIVE.has(name.toUpperCase()));
  return simpleGit({
    baseDir: cwd,
    config: [...SETTINGS],
    allowEnvironment: entries.map(([name]) => name).filter((name) => name.startsWith('GIT_')),
    unsafe: {
      allowUnsafeAskPass: true,
      allowUnsafeConfigEnvCount: true,
      allowUnsafeConfigPaths: true,
      allowUnsafeExec: true,
      allowUnsafeFsMonitor: true,
      allowUnsafeGitProxy: true,
      allowUnsafeHooksPath: true,
      allowUnsafeProtocolOverride: true,
      allowUnsafeSshCommand: true,
      allowUnsafeTemplateDir: true,
    },
  }).env(Object.fromEntries(entries));
}
