import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface SiteOptions {
  readonly pages: number;
  readonly tickets: number;
  /** In how many spaces the pages are. Default: in all. */
  readonly spaces?: number;
  /** How long each answer is on its way. Default: no time. */
  readonly latencyMs?: number;
}

/** A generated Atlassian site in a process of its own. */
export interface Site extends AsyncDisposable {
  readonly url: string;
  readonly username: string;
  readonly token: string;
  /** What was asked for since this was called last. */
  requests(): Promise<readonly SentRequest[]>;
  /** Gives another text to so many documents, spread over all. */
  change(documents: number): Promise<void>;
}

export interface SentRequest {
  readonly method: string;
  readonly target: string;
  readonly body?: unknown;
  /** Whether it asked for the text of documents. */
  readonly isBody: boolean;
}

const SIMULATOR = fileURLToPath(new URL('simulator.ts', import.meta.url));

export async function startSite(options: SiteOptions): Promise<Site> {
  const simulator = spawn(process.execPath, [SIMULATOR, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = once(simulator, 'close');
  const lines = createInterface({ input: simulator.stdout })[Symbol.asyncIterator]();
  const next = async <T>(): Promise<T> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('the simulator has ended');
    return JSON.parse(value) as T;
  };
  const ask = <T>(line: string): Promise<T> => {
    simulator.stdin.write(`${line}\n`);
    return next<T>();
  };
  return {
    ...(await next<Pick<Site, 'url' | 'username' | 'token'>>()),
    requests: () => ask('requests'),
    change: (documents) => ask(`change ${documents}`),
    async [Symbol.asyncDispose]() {
      simulator.kill();
      await closed;
    },
  };
}
