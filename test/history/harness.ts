import { Readable } from 'node:stream';
import { runProgram } from '../../src/cli/program.ts';
import { type ContextOptions, startContext, type TestContext } from '../harness/context.ts';

/** What one command line printed, with names that every run of a test gives alike. */
export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Place {
  readonly cwd?: string;
  readonly now?: Date;
  readonly env?: Readonly<Record<string, string>>;
}

/** A repository whose runs are at dates of the test's choice. */
export interface Chronicle extends TestContext {
  /** Builds as if it were then. */
  buildAt(date: string): Promise<void>;
  /** Runs a command in the repository. Commits read `<c1>`, `<c2>` … from the first on, the site and folders by name. */
  ctx(args: readonly string[], place?: Place): Promise<Said>;
  json(args: readonly string[]): Promise<unknown>;
}

export async function startChronicle(options: ContextOptions = {}): Promise<Chronicle> {
  const context = await startContext(options);
  const { clock, path, git, simulator } = context;

  const named = (text: string) => {
    if (text === '') return text;
    const commits = git('rev-list', '--reverse', 'HEAD').trim().split('\n');
    const plain = text.replaceAll(simulator.url, 'https://site').replaceAll(path, '<repo>');
    return commits.reduce(
      (rest, id, index) =>
        rest.replaceAll(id, `<c${index + 1}>`).replaceAll(id.slice(0, 10), `<c${index + 1}>`),
      plain,
    );
  };

  const ctx = async (args: readonly string[], { cwd = path, now, env = {} }: Place = {}): Promise<Said> => {
    const [stdout, stderr]: string[][] = [[], []];
    const code = await runProgram(args, {
      stdout: { write: (text: string) => stdout?.push(text) },
      stderr: { write: (text: string) => stderr?.push(text) },
      stdin: Readable.from([]),
      env: { HOME: '/nowhere', PATH: process.env.PATH, ...env },
      cwd,
      signal: new AbortController().signal,
      ...(now && { now: () => now.getTime() }),
    });
    return { code, stdout: named((stdout ?? []).join('')), stderr: named((stderr ?? []).join('')) };
  };

  return {
    ...context,
    async buildAt(date) {
      await clock.sleep(new Date(date).getTime() - clock.now());
      const { errors } = await context.buildConfirming();
      if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
    },
    ctx,
    async json(args) {
      const { stdout, stderr } = await ctx([...args, '--json']);
      if (stderr !== '') throw new Error(stderr);
      return JSON.parse(stdout);
    },
  };
}
