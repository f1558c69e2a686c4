import { companyWorkspace } from '../workspace/company.ts';
import type { Workspace } from '../workspace/model.ts';
import { tellGreenhouse } from './content/greenhouse.ts';
import { accounts } from './content/people.ts';
import { tellStorefront } from './content/storefront.ts';
import { expand, GREENHOUSE, STOREFRONT } from './content/story.ts';
import { createRepository, emptyGithub } from './edits.ts';
import type { GithubWorkspace, Label } from './workspace.ts';

const FOUNDED = '2025-09-01T07:00:00Z';

/** The Monday on which the demo begins. */
const MORNING = '2026-03-02T07:30:00Z';

/** The GitHub of Fernhollow, on a Monday morning: the same records and ids each time. */
export function companyGithub(): GithubWorkspace {
  const workspace = emptyFernhollow(FOUNDED);
  const company = companyWorkspace();
  setUpRepositories(workspace, company);
  tellGreenhouse(workspace, company);
  tellStorefront(workspace, company);
  workspace.now = Date.parse(MORNING);
  workspace.revision = 0;
  workspace.journal.length = 0;
  return workspace;
}

/** The company's accounts, without repositories. */
export const emptyFernhollow = (now: string): GithubWorkspace => emptyGithub('mina-okafor', accounts(), now);

const labels = (...names: readonly string[]): Label[] =>
  names.map((name, index) => ({
    name,
    color: ['d73a4a', '0e8a16', '1d76db', 'fbca04', '5319e7'][index % 5] ?? 'ededed',
    description: name === 'bug' ? 'Something is not as it should be' : null,
  }));

function setUpRepositories(workspace: GithubWorkspace, company: Workspace): void {
  createRepository(workspace, {
    ...{ name: STOREFRONT, description: 'The shop of Fernhollow', language: 'TypeScript' },
    topics: ['shop', 'plants'],
    labels: labels('bug', 'enhancement', 'pickup', 'sale', 'basket', 'tests', 'blocked', 'dependencies'),
    milestones: [
      {
        ...{ title: 'Spring sale', description: 'On March 20', state: 'OPEN' },
        dueOn: '2026-03-20T00:00:00Z',
      },
    ],
    categories: [
      {
        ...{ name: 'Ideas', slug: 'ideas', emoji: ':bulb:', description: 'What we could do' },
        answerable: false,
      },
      {
        ...{ name: 'Q&A', slug: 'q-a', emoji: ':pray:', description: 'Ask the others' },
        answerable: true,
      },
    ],
    files: {
      'README.md': expand(README, company),
      'docs/basket.md': '# The basket\n\nEvery row has a version.\n',
      'src/basket/save.ts': 'export async function save(basket: Basket): Promise<void> {}\n',
    },
  });
  createRepository(workspace, {
    ...{ name: GREENHOUSE, description: 'Stock, mail and clusters', language: 'Go' },
    labels: labels('bug', 'incident', 'stock', 'platform'),
    categories: [
      {
        ...{ name: 'Announcements', slug: 'announcements', emoji: ':mega:', description: '' },
        answerable: false,
      },
    ],
    files: {
      'README.md': expand('# Greenhouse\n\nStarts with {{page:INFRA:On-call runbook}}.\n', company),
    },
  });
}

const README = `
  # Storefront

  [![CI](https://github.fernhollow.example/fernhollow/storefront/actions/workflows/ci.yml/badge.svg)](https://github.fernhollow.example/fernhollow/storefront/actions)

  The shop. Tickets are in SHOP, decisions in {{page:ENG:Checkout service}}.

  \`\`\`sh
  npm ci && npm run dev
  \`\`\`

  See [the basket](docs/basket.md) and [who answers at night](../../../greenhouse).
  `;
