import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { runProgram } from '../../src/cli/program.ts';
import type { Facts } from '../../src/core/document.ts';
import { writeDocument } from '../../src/frontmatter/write.ts';
import { git, shell } from './git.ts';

/** A context repository that a test writes by itself, and the program run on it in this process. */
export interface WrittenRepository extends AsyncDisposable {
  /** A folder of the test's own, with `repo` and a home in it. */
  readonly root: string;
  readonly path: string;
  /** Commits files; null removes one. Answers the commit. */
  commit(files: Readonly<Record<string, string | null>>): string;
  /** Runs a command line in the repository. */
  run(
    args: readonly string[],
    options?: RunOptions,
  ): Promise<{ code: number; stdout: string; stderr: string }>;
  json(args: readonly string[], options?: RunOptions): Promise<unknown>;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Default: the repository. */
  readonly cwd?: string;
}

/** What tests take for now. */
export const NOW = Date.parse('2026-03-10T12:00:00Z');

export function writtenRepository(): WrittenRepository {
  const root = mkdtempSync(join(tmpdir(), 'ctx-written-'));
  const path = join(root, 'repo');
  mkdirSync(path);
  git(path, ['init', '--quiet', '--initial-branch=main']);
  const repository: WrittenRepository = {
    root,
    path,
    commit: (files) => commitFiles(path, files),
    async run(args, { env = {}, cwd = path } = {}) {
      let [stdout, stderr] = ['', ''];
      const code = await runProgram(args, {
        stdout: { write: (text) => (stdout += text) },
        stderr: { write: (text) => (stderr += text) },
        stdin: Readable.from([]),
        env: { HOME: root, PATH: process.env.PATH, ...env },
        cwd,
        signal: new AbortController().signal,
        now: () => NOW,
      });
      return { code, stdout, stderr };
    },
    async json(args, options) {
      const { code, stdout, stderr } = await repository.run([...args, '--json'], options);
      if (code !== 0) throw new Error(`exit ${code}: ${stderr}`);
      return JSON.parse(stdout) as unknown;
    },
    [Symbol.asyncDispose]: async () => rmSync(root, { recursive: true, force: true }),
  };
  repository.commit({ '.ctx/state/confluence.yaml': 'version: 1\n' });
  return repository;
}

const COMMIT = `
git add --all
git -c maintenance.auto=false -c user.name=T -c user.email=t@t commit --quiet --allow-empty -m run
git rev-parse HEAD`;

/** Writes and commits files into any repository. */
export function commitFiles(path: string, files: Readonly<Record<string, string | null>>): string {
  for (const [name, content] of Object.entries(files)) {
    const file = join(path, name);
    mkdirSync(dirname(file), { recursive: true });
    if (content === null) rmSync(file);
    else writeFileSync(file, content);
  }
  return shell(path, COMMIT).toString().trim();
}

/** A document as builds write it. */
export function documentFile(facts: Partial<Facts> & { readonly title: string }, body: string): string {
  const { id = facts.title, source = 'confluence', type = 'page' } = facts;
  return writeDocument(
    { url: `https://site.example/${encodeURIComponent(id)}`, ...facts, id, source, type },
    body,
  );
}
