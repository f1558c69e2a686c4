import { git } from './command.ts';

/**
 * Makes a repository in an existing folder out of a stream that `git fast-import` reads, and checks its `main` out. One that is
 * there already is brought to where the stream ends, whatever its `main` was. Nothing of a user's settings has part in it.
 */
export async function makeRepository(path: string, stream: string): Promise<void> {
  await git(['init', '--quiet', '--template=', '--object-format=sha1', '--initial-branch=main'], {
    cwd: path,
  });
  await git(['fast-import', '--quiet', '--done', '--force'], { cwd: path, input: [stream] });
  await git(['reset', '--quiet', '--hard', 'refs/heads/main'], { cwd: path });
}
