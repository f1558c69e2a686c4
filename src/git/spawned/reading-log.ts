import type { LoggedCommit, LogSelection, Touched } from '../reading.ts';
import { PLAIN_LOG, type ReadingGit } from './reading-git.ts';

/** No part can hold a NUL; git's messages end at one. */
const PARTS = ['%H', '%P', '%ct', '%at', '%aN', '%aE', '%s', '%(trailers:only,unfold)'];
const FORMAT = `--format=${PARTS.join('%x00')}`;
const OBJECT = /^[0-9a-f]{40,64}$/;
const RAW = ['--raw', '--no-abbrev', '-m'];

export function log(git: ReadingGit, head: string, selection: LogSelection): AsyncGenerator<LoggedCommit> {
  const { from = head, after, since, until, limit, path, files, cameOrWent } = selection;
  const args = ['log', '-z', ...PLAIN_LOG, FORMAT, '--first-parent'];
  if (files || cameOrWent) args.push(...RAW);
  if (cameOrWent) args.push('--diff-filter=AD');
  if (limit !== undefined) args.push(`--max-count=${limit}`);
  if (since) args.push(`--since=${inSeconds(since)}`);
  if (until) args.push(`--until=${inSeconds(until)}`);
  args.push(from, ...(after === undefined ? [] : [`^${after}`]), '--');
  if (path !== undefined) args.push(`:(literal)${path}`);
  return parsed(git.records(args));
}

/** `@`, since git reads small numbers otherwise as dates. */
const inSeconds = (date: Date) => `@${Math.floor(date.getTime() / 1000)}`;

async function* parsed(tokens: AsyncGenerator<string>): AsyncGenerator<LoggedCommit> {
  let commit: (Omit<LoggedCommit, 'files'> & { files: Touched[] }) | undefined;
  const next = async () => (await tokens.next()).value as string;
  try {
    for (let token = await tokens.next(); !token.done; token = await tokens.next()) {
      const text = token.value.replace(/^\n/, '');
      if (text.startsWith(':')) commit?.files.push({ path: await next(), ...blobsIn(text) });
      else if (OBJECT.test(text)) {
        if (commit) yield commit;
        commit = await header(text, next);
      }
    }
    if (commit) yield commit;
  } finally {
    await tokens.return(undefined);
  }
}

async function header(id: string, next: () => Promise<string>) {
  const [parents, committed, authored] = [await next(), await next(), await next()];
  const author = { name: await next(), email: await next() };
  return {
    id,
    parent: parents.split(' ')[0] || null,
    committed: new Date(Number(committed) * 1000),
    authored: new Date(Number(authored) * 1000),
    author,
    subject: await next(),
    trailers: await next(),
    files: [],
  };
}

/** The blobs of a raw line, `:100644 000000 <id> <id> D`; what is no file counts as absent. */
export function blobsIn(raw: string): Pick<Touched, 'before' | 'after'> {
  const [oldMode = '', mode = '', before = '', after = ''] = raw.slice(1).split(' ');
  return {
    before: oldMode.startsWith('100') ? before : null,
    after: mode.startsWith('100') ? after : null,
  };
}
