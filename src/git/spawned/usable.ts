import { isCtxError } from '../../core/errors/index.ts';
import { git } from './command.ts';

const OLDEST = [2, 30] as const;

/** Asked once for each PATH: a program starts the same git all the time. */
const answers = new Map<string | undefined, Promise<boolean>>();

/** Whether `git` is in PATH and not older than what the engine is tested with. */
export function hasUsableGit(cwd: string): Promise<boolean> {
  const { PATH } = process.env;
  const answer = answers.get(PATH) ?? askVersion(cwd);
  answers.set(PATH, answer);
  return answer;
}

async function askVersion(cwd: string): Promise<boolean> {
  try {
    const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(await git(['version'], { cwd })) ?? [];
    return Number(major) > OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) >= OLDEST[1]);
  } catch (error) {
    if (isCtxError(error)) return false;
    throw error;
  }
}
