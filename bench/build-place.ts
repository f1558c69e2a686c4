import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtProgram } from './program.ts';
import type { SentRequest, Site } from './site.ts';
import { type WholeRun, wholeRun } from './whole-run.ts';

/** One run of the program. */
export interface Build extends WholeRun {
  readonly requests: readonly SentRequest[];
}

/** A folder in which the program builds a repository of a site. */
export class BuildPlace implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'ctx-build-'));
  readonly #site: Site;
  readonly #program: string;

  constructor(site: Site, sources: readonly string[], program: string = builtProgram()) {
    this.#site = site;
    this.#program = program;
    const configuration = ['version: 1', 'repo: { path: repo }', 'sources:', ...sources].join('\n');
    writeFileSync(join(this.#folder, 'context.config.yaml'), `${configuration}\n`);
  }

  get repository(): string {
    return join(this.#folder, 'repo');
  }

  /** `args` are the command's own. */
  async build(args: readonly string[] = []): Promise<Build> {
    const { url, username, token } = this.#site;
    const run = await wholeRun([this.#program, 'build', '--json', ...args], {
      cwd: this.#folder,
      env: { ...process.env, HOME: this.#folder, SITE: url, SITE_USER: username, SITE_TOKEN: token },
    });
    return { ...run, requests: await this.#site.requests() };
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const source = (type: 'confluence' | 'jira', what: string) => `\
  - id: ${type}
    type: ${type}
    url: \${SITE}
    auth: { username: "\${SITE_USER}", token: "\${SITE_TOKEN}" }
    gateway: \${SITE}
    ${what}`;

export const CONFLUENCE = source('confluence', 'spaces: all');

export const JIRA = source('jira', 'views: { ALL: "project in (SHOP, OPS) ORDER BY created" }');
