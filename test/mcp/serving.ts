import { once } from 'node:events';
import { Readable } from 'node:stream';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { runProgram } from '../../src/cli/program.ts';
import { startCommand } from '../harness/command-line.ts';
import { NOW, type WrittenRepository } from '../harness/written-repository.ts';

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname;

const newClient = () => new Client({ name: 'tests', version: '1' });

/** The program itself, as an assistant starts it, and the SDK's client. */
export async function stdioClient(repository: WrittenRepository): Promise<Client> {
  const client = newClient();
  const { PATH = '', GIT_CONFIG_GLOBAL = '', GIT_CONFIG_SYSTEM = '' } = process.env;
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [MAIN, 'mcp', '--no-memory'],
      cwd: repository.path,
      env: { PATH, GIT_CONFIG_GLOBAL, GIT_CONFIG_SYSTEM, HOME: repository.root },
      stderr: 'ignore',
    }),
  );
  return client;
}

export interface ServedOverHttp {
  readonly address: string;
  client(token?: string): Promise<Client>;
  /** Ends it as a shell does. */
  end(): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

export async function servedOverHttp(
  repository: WrittenRepository,
  env: Readonly<Record<string, string>> = {},
): Promise<ServedOverHttp> {
  const args = ['mcp', '--http', '--no-memory'];
  const { child, ended } = startCommand(args, { HOME: repository.root, ...env }, repository.path);
  if (child.stdout === null) throw new Error('the program has no output');
  const [first] = await Promise.race([
    once(child.stdout, 'data'),
    ended.then(({ stderr }) => Promise.reject(new Error(stderr))),
  ]);
  const address = String(first).trim();
  return {
    address,
    async client(token) {
      const client = newClient();
      const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
      await client.connect(new StreamableHTTPClientTransport(new URL(address), { requestInit: { headers } }));
      return client;
    },
    async end() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** The server in this process, at the tests' time, for as long as `work` runs. */
export async function whileServed<T>(
  repository: WrittenRepository,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const ending = new AbortController();
  const answered = Promise.withResolvers<string>();
  let stderr = '';
  const ended = runProgram(['mcp', '--http', '--no-memory'], {
    stdout: { write: (text) => answered.resolve(text.trim()) },
    stderr: { write: (text) => (stderr += text) },
    stdin: Readable.from([]),
    env: { HOME: repository.root, PATH: process.env.PATH },
    cwd: repository.path,
    signal: ending.signal,
    now: () => NOW,
  });
  void ended.then(() => answered.reject(new Error(stderr)));
  const client = newClient();
  try {
    await client.connect(new StreamableHTTPClientTransport(new URL(await answered.promise)));
    return await work(client);
  } finally {
    await client.close();
    ending.abort();
    await ended;
  }
}

export interface Called {
  readonly text: string;
  readonly structured: Readonly<Record<string, unknown>>;
  readonly isError: boolean;
}

export async function call(
  client: Client,
  name: string,
  args: Readonly<Record<string, unknown>>,
): Promise<Called> {
  const {
    content,
    structuredContent = {},
    isError = false,
  } = await client.callTool({ name, arguments: args });
  const [first] = content;
  if (first?.type !== 'text') throw new Error(`${name} answered no text`);
  return { text: first.text, structured: structuredContent as Called['structured'], isError };
}
