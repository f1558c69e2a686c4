import { webPath } from '../confluence/web-path.ts';
import { companyWorkspace } from '../workspace/company.ts';
import { contentOf, pageIdByTitle } from '../workspace/edits.ts';
import type { Workspace } from '../workspace/model.ts';
import { LISTS } from './content/lists.ts';
import { MORNING } from './content/morning.ts';
import { PARTNERS } from './content/partners.ts';
import { TEAM_MAIL } from './content/team.ts';
import { mboxOf } from './mbox.ts';

export interface CompanyMailOptions {
  /** The site that pages and tickets are at, such as `https://fernhollow.atlassian.net`. */
  readonly site: string;
  /** What has come by the end of the morning that the demo shows, too. */
  readonly isMorningOver?: boolean;
}

/** The mailbox of Mina of Fernhollow as an mbox: the same bytes each time. */
export function companyMail({ site, isMorningOver = false }: CompanyMailOptions): string {
  const mail = mboxOf([...PARTNERS, ...TEAM_MAIL, ...LISTS, ...(isMorningOver ? MORNING : [])]);
  const company = companyWorkspace();
  return mail
    .replaceAll(/@@PAGE:([A-Z]+):(.+?)@@/g, (_, space: string, title: string) =>
      pageAddress(company, space, title),
    )
    .replaceAll('@@SITE@@', site);
}

function pageAddress(company: Workspace, space: string, title: string): string {
  const id = pageIdByTitle(company, space, title);
  return `@@SITE@@/wiki${webPath(company, contentOf(company, id))}`;
}
