import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { makeRepository } from '../../git/spawned/make-repository.ts';
import { hasUsableGit } from '../../git/spawned/usable.ts';
import { ALL_DAYS } from './days.ts';

/** What the demo's company has on this machine, as sources read it. */
export interface CompanyFiles {
  readonly mailbox: string;
  readonly memory: string;
  /** Where there is no git that could make and read it, it has none. */
  readonly code: { readonly name: string; readonly path: string; readonly url: string } | undefined;
  /** Writes all of it as it was before the morning that the demo shows, or after it. */
  deliver(isMorningOver: boolean): Promise<void>;
}

/** Files of the company in a folder of their own. `site` is where pages and tickets are at, `repo` where they are to be read into. */
export async function companyFilesIn(folder: string, site: string, repo: string): Promise<CompanyFiles> {
  const { companyMail } = await import('../../demo/email/company.ts');
  const { companyCode, CODE } = await import('../../demo/code/company.ts');
  const { companyMemory } = await import('../../demo/memory/company.ts');
  const { companyPersonas } = await import('../../demo/personas/company.ts');
  await mkdir(folder, { recursive: true });
  const mailbox = join(folder, 'mina.mbox');
  const memory = join(folder, 'memory');
  const code = (await hasUsableGit(folder)) ? { ...CODE, path: join(folder, CODE.name) } : undefined;
  return {
    mailbox,
    memory,
    code,
    async deliver(isMorningOver) {
      await write(mailbox, companyMail({ site, isMorningOver }));
      for (const [path, text] of Object.entries(companyMemory())) await write(join(memory, path), text);
      for (const [path, text] of Object.entries(companyPersonas()))
        await write(join(folder, 'personas', path), text);
      await write(join(folder, 'context.config.yaml'), configuration(relative(folder, repo)));
      if (code === undefined) return;
      await mkdir(code.path, { recursive: true });
      await makeRepository(code.path, companyCode({ isMorningOver }));
    },
  };
}

/** By which commands that are run there find the repository, and its Slack. */
function configuration(repo: string): string {
  return `version: 1
repo: { path: ${JSON.stringify(repo)} }
sources:
  - id: slack
    type: slack
    auth: { token: "\${SLACK_TOKEN}" }   # none is needed for what the repository has: ctx slack export --from store --user mina
    attachments: all
    days: ${ALL_DAYS}
    recent_days: ${ALL_DAYS}
    late_replies_days: 0
`;
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
