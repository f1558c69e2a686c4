import type { Readable } from 'node:stream';
import { ctxError } from '../../core/errors/index.ts';
import { feed, type GitOptions, type GitProcess, startGit } from './command.ts';

/** Reads a stream by lines and by counted bytes, holding no more than what was asked for and one chunk. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  async line(): Promise<string | null> {
    let end = this.#rest.indexOf(10);
    while (end === -1) {
      if (!(await this.#more())) return null;
      end = this.#rest.indexOf(10);
    }
    return this.#cut(end + 1).toString('utf8', 0, end);
  }

  /** Null when the stream ends before. */
  async bytes(count: number): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    let missing = count;
    while (missing > this.#rest.length) {
      parts.push(this.#rest);
      missing -= this.#rest.length;
      this.#rest = Buffer.alloc(0);
      if (!(await this.#more())) return null;
    }
    parts.push(this.#cut(missing));
    return parts.length === 1 ? (parts[0] ?? null) : Buffer.concat(parts);
  }

  #cut(count: number): Buffer {
    const cut = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    return cut;
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#chunks.next();
    if (done) return false;
    this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value]);
    return true;
  }
}

/**
 * The contents of blobs in the order asked for, from one `git cat-file --batch`, which the first request starts. Null
 * where there is no such object or it is no blob. `nameOf` gives an object id or `<commit>:<path>`.
 */
export async function* catFiles<T>(
  cwd: string,
  requests: Iterable<T> | AsyncIterable<T>,
  nameOf: (request: T) => string,
  options: Pick<GitOptions, 'env' | 'settings'> = {},
): AsyncGenerator<{ request: T; content: Buffer | null }> {
  const source = inTurn(requests);
  const first = await source.next();
  if (first.done) return;
  const child = startGit(['cat-file', '--batch'], { cwd, ...options });
  const asked: T[] = [];
  let failure: unknown;
  // Runs beside the answers; the pipe's back-pressure bounds how far it runs ahead.
  const asking = feed(child, ask(first.value, source, asked, nameOf)).catch((error: unknown) => {
    failure = error;
  });
  const reader = new ByteReader(child.stdout);
  try {
    for (;;) {
      const header = await reader.line();
      if (header === null) break;
      const request = asked.shift();
      if (request === undefined) throw new Error('git cat-file answered more than it was asked');
      const [, type, size] = /^\S+ (\w+) (\d+)$/.exec(header) ?? [];
      const content = size === undefined ? null : await reader.bytes(Number(size) + 1);
      if (size !== undefined && content === null) break;
      yield { request, content: type === 'blob' && content ? content.subarray(0, -1) : null };
    }
    await asking;
    if (failure !== undefined) throw failure;
    await child.done;
    if (asked.length > 0) {
      throw ctxError('git.command-failed', {
        command: 'cat-file',
        code: 0,
        reason: 'its answer was cut short',
      });
    }
  } finally {
    child.kill();
    // Not awaited: it may be in the middle of a step that nobody wants any more.
    source.return(undefined).catch(() => {});
  }
}

async function* inTurn<T>(requests: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T, undefined> {
  yield* requests;
}

async function* ask<T>(
  first: T,
  rest: AsyncIterable<T>,
  asked: T[],
  nameOf: (request: T) => string,
): AsyncGenerator<string> {
  const question = (request: T) => {
    asked.push(request);
    return `${nameOf(request)}\n`;
  };
  yield question(first);
  for await (const request of rest) yield question(request);
}

/** Reads objects of any kind as they are asked for, from one process, in the order of the questions. */
export class ObjectReader implements AsyncDisposable {
  readonly #child: GitProcess;
  readonly #reader: ByteReader;
  #last: Promise<unknown> = Promise.resolve();

  constructor(cwd: string, options: Pick<GitOptions, 'env' | 'settings'> = {}) {
    this.#child = startGit(['cat-file', '--batch'], { cwd, ...options });
    this.#reader = new ByteReader(this.#child.stdout);
  }

  /** Fails with `git.missing-object`. */
  read(oid: string): Promise<Buffer> {
    this.#child.stdin.write(`${oid}\n`);
    const answer = this.#last.then(() => this.#answer(oid));
    this.#last = answer.catch(() => {});
    return answer;
  }

  async #answer(oid: string): Promise<Buffer> {
    const header = await this.#reader.line();
    const [, size] = /^\S+ \w+ (\d+)$/.exec(header ?? '') ?? [];
    const content = size === undefined ? null : await this.#reader.bytes(Number(size) + 1);
    if (content === null) throw ctxError('git.missing-object', { oid, path: 'named by the history' });
    return content.subarray(0, -1);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.stdin.end();
    this.#child.stdout.resume();
    await this.#child.done.catch(() => {});
  }
}
