import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry, ObjectFormat } from '../engine.ts';
import { PENDING_REF } from '../engine.ts';
import { blobId } from '../work-tree.ts';
import { ByteReader, ObjectReader } from './cat-file.ts';
import { type GitProcess, startGit } from './command.ts';
import { quoted, write } from './fast-import.ts';
import type { CommitNode } from './history-walk.ts';

/** How a commit shall be written anew. */
export interface CommitEdit {
  /** Paths of its tree that shall be otherwise; null removes. */
  readonly changes: readonly { readonly path: string; readonly entry: Entry | null }[];
  /** In place of its own message. */
  readonly message?: Buffer;
  /** Leave it out if its tree then is its only parent's, but for what is below this folder. */
  readonly dropIfOnly?: string;
}

/** Takes the commits of a history that are to be written anew, parents before children. */
export interface HistorySink {
  /** The id of a blob that a change may then name. */
  blob(content: Uint8Array): Promise<string>;
  commit(commit: CommitNode, edit: CommitEdit): Promise<void>;
}

/** What a commit object says besides its tree and its parents, byte by byte. */
export interface CommitText {
  /** The lines `author …`, `committer …` and, if there is one, `encoding …`. */
  readonly header: Buffer;
  readonly message: Buffer;
}

/** Signatures are left behind: they sign the commit that was. */
export function commitText(object: Buffer): CommitText {
  const end = object.indexOf('\n\n');
  const header = object
    .subarray(0, end < 0 ? object.length : end)
    .toString('latin1')
    .split('\n')
    .filter((line) => /^(author|committer|encoding) /.test(line))
    .map((line) => `${line}\n`)
    .join('');
  return {
    header: Buffer.from(header, 'latin1'),
    message: end < 0 ? Buffer.alloc(0) : object.subarray(end + 2),
  };
}

/**
 * Writes commits anew through one `git fast-import`: each is the tree it had with some paths changed, on the new
 * versions of its parents. Parents that were not written keep their ids. Nothing refers to what it writes before `end`,
 * which leaves the new tip under the pending ref.
 */
export class HistoryWriter implements HistorySink, AsyncDisposable {
  /** How many commits were left out. */
  dropped = 0;

  readonly #gitDir: string;
  readonly #format: ObjectFormat;
  readonly #import: GitProcess;
  readonly #answers: ByteReader;
  readonly #objects: ObjectReader;
  readonly #blobs = new Set<string>();
  /** Old commit → what fast-import calls the new one: its mark. Of one that was left out: what became of its parent. */
  readonly #names = new Map<string, string>();
  #marks = 0;
  #ended = false;

  constructor(cwd: string, gitDir: string, format: ObjectFormat) {
    this.#gitDir = gitDir;
    this.#format = format;
    const args = ['fast-import', '--quiet', '--done', '--force', '--date-format=raw-permissive'];
    this.#import = startGit(args, { cwd });
    this.#answers = new ByteReader(this.#import.stdout);
    this.#objects = new ObjectReader(cwd);
  }

  async blob(content: Uint8Array): Promise<string> {
    const oid = blobId(this.#format, content);
    if (this.#blobs.has(oid)) return oid;
    this.#blobs.add(oid);
    await this.#say(Buffer.concat([Buffer.from(`blob\ndata ${content.byteLength}\n`), content, LINE_END]));
    return oid;
  }

  async commit(commit: CommitNode, edit: CommitEdit): Promise<void> {
    const parents = [...new Set(commit.parents.map((parent) => this.#name(parent)))];
    const text = commitText(await this.#objects.read(commit.id));
    const message = edit.message ?? text.message;
    const [first, ...others] = parents;
    const mark = `:${++this.#marks}`;
    await this.#say(
      Buffer.concat([
        Buffer.from(first === undefined ? `reset ${PENDING_REF}\n\n` : ''),
        Buffer.from(`commit ${PENDING_REF}\nmark ${mark}\n`),
        text.header,
        Buffer.from(`data ${message.length}\n`),
        message,
        Buffer.from(first === undefined ? '\n' : `\nfrom ${first}\n`),
        Buffer.from(others.map((other) => `merge ${other}\n`).join('')),
        Buffer.from(`M 040000 ${commit.tree} ""\n`),
        Buffer.from(edit.changes.map(removal).join('')),
        Buffer.from(edit.changes.map(addition).join('')),
      ]),
    );
    const only = commit.parents.length === 1 ? first : undefined;
    const dropped =
      only !== undefined && edit.dropIfOnly !== undefined && (await this.#isEmpty(only, edit.dropIfOnly));
    if (dropped) this.dropped += 1;
    this.#names.set(commit.id, dropped ? only : mark);
  }

  /** Ends the import with the pending ref at the new version of `tip`, which it answers. */
  async end(tip: string): Promise<string> {
    const name = this.#name(tip);
    const id = name.startsWith(':') ? await this.#ask(`\nget-mark ${name}\n`) : name;
    await this.#say(`reset ${PENDING_REF}\nfrom ${name}\n\ndone\n`);
    this.#ended = true;
    this.#import.stdin.end();
    await this.#import.done;
    return id;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#objects[Symbol.asyncDispose]();
    if (this.#ended) return;
    // Without its `done` it moves no ref, and fails, which it reports as a crash in the git folder.
    this.#import.stdin.end();
    await this.#import.done.catch(() => {});
    rmSync(join(this.#gitDir, `fast_import_crash_${this.#import.pid}`), { force: true });
  }

  #name(commit: string): string {
    return this.#names.get(commit) ?? commit;
  }

  /** Whether the commit in preparation is its parent's tree but for `folder`, which it gets back. */
  async #isEmpty(parent: string, folder: string): Promise<boolean> {
    const place = quoted(folder);
    const own = treeIn(await this.#ask(`ls ${place}\n`));
    const theirs = treeIn(await this.#ask(`ls ${parent} ${place}\n`));
    await this.#say(setTree(theirs, place));
    const without = treeIn(await this.#ask('ls ""\n'));
    await this.#say(setTree(own, place));
    return without === treeIn(await this.#ask(`ls ${parent} ""\n`));
  }

  async #say(text: string | Uint8Array): Promise<void> {
    await write(this.#import.stdin, text);
  }

  async #ask(text: string): Promise<string> {
    await this.#say(text);
    const answer = await this.#answers.line();
    if (answer !== null) return answer;
    await this.#import.done;
    throw new Error('git fast-import ended before it had answered');
  }
}

const LINE_END = Buffer.from('\n');

type PathChange = CommitEdit['changes'][number];

const removal = ({ path, entry }: PathChange): string => (entry === null ? `D ${quoted(path)}\n` : '');

const addition = ({ path, entry }: PathChange): string =>
  entry === null ? '' : `M ${entry.mode} ${entry.oid} ${quoted(path)}\n`;

const treeIn = (answer: string): string | undefined => /^040000 tree (\w+)\t/.exec(answer)?.[1];

const setTree = (tree: string | undefined, place: string): string =>
  tree === undefined ? `D ${place}\n` : `M 040000 ${tree} ${place}\n`;
