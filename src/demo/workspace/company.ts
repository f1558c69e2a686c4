import { engBilling, infraBilling, productBilling } from './content/billing-pages.ts';
import { engArchitecture } from './content/eng-architecture.ts';
import { engBlog } from './content/eng-blog.ts';
import { engDecisions } from './content/eng-decisions.ts';
import { engHandbook } from './content/eng-handbook.ts';
import { infraPlatform } from './content/infra-platform.ts';
import { infraRunbooks } from './content/infra-runbooks.ts';
import { ops } from './content/ops.ts';
import { GROUPS, PEOPLE, personId } from './content/people.ts';
import { populateSpace, resolvePageAddresses } from './content/populate.ts';
import { populateIssues, sprints } from './content/populate-issues.ts';
import { productResearch } from './content/product-research.ts';
import { productSpecs } from './content/product-specs.ts';
import { shop } from './content/shop.ts';
import { shopBilling } from './content/shop-billing.ts';
import { shopLater } from './content/shop-later.ts';
import { emptyWorkspace, type Workspace } from './model.ts';

/** The Monday on which the demo begins. */
const MORNING = '2026-03-02T07:30:00Z';

const SPACES = [
  ['32769', 'ENG', 'Engineering', 'How we build it and why it is the way it is.'],
  ['32770', 'INFRA', 'Infrastructure', 'Keeping it running.'],
  ['32771', 'PRODUCT', 'Product', 'What we build next.'],
] as const;

const PROJECTS = [
  ['10010', 'SHOP', 'Storefront', 'teo'],
  ['10011', 'OPS', 'Operations', 'jonas'],
] as const;

/** The workspace of Fernhollow, on a Monday morning: the same records and ids each time. */
export function companyWorkspace(): Workspace {
  const workspace: Workspace = {
    ...emptyWorkspace('Fernhollow', personId('mina'), MORNING),
    groups: GROUPS,
  };
  for (const { nick: _, ...person } of PEOPLE) workspace.people.set(person.accountId, person);
  for (const [id, key, name, description] of SPACES) {
    workspace.spaces.set(id, {
      id,
      key,
      name,
      description,
      type: 'global',
      status: 'current',
      homepageId: '',
      authorId: personId('bruno'),
      createdAt: '2025-09-01T07:00:00.000Z',
    });
  }
  for (const [id, key, name, lead] of PROJECTS)
    workspace.projects.set(id, { id, key, name, leadId: personId(lead) });
  for (const sprint of sprints()) workspace.sprints.set(sprint.id, sprint);
  setUpSecurity(workspace);

  populateSpace(workspace, 'ENG', [...engHandbook, ...engArchitecture, ...engDecisions, ...engBlog]);
  populateSpace(workspace, 'INFRA', [...infraRunbooks, ...infraPlatform]);
  populateSpace(workspace, 'PRODUCT', [...productSpecs, ...productResearch]);
  populateIssues(workspace, [...shop, ...shopLater]);
  populateIssues(workspace, ops);
  // Last, so that all others keep the ids that they have without billing.
  populateSpace(workspace, 'ENG', engBilling);
  populateSpace(workspace, 'INFRA', infraBilling);
  populateSpace(workspace, 'PRODUCT', productBilling);
  populateIssues(workspace, shopBilling);
  resolvePageAddresses(workspace);

  workspace.now = Date.parse(MORNING);
  workspace.revision = 0;
  workspace.journal.length = 0;
  return workspace;
}

function setUpSecurity(workspace: Workspace): void {
  const team = PEOPLE.filter((person) => person.groups.includes('engineering'));
  const leads = PEOPLE.filter((person) => person.groups.includes('leads'));
  const ids = (people: typeof PEOPLE) => people.map((person) => person.accountId);
  workspace.levels.set('10500', {
    id: '10500',
    name: 'Engineering only',
    description: 'Engineers and leads',
    members: ids([...team, ...leads]),
  });
  workspace.levels.set('10501', {
    id: '10501',
    name: 'Leads',
    description: 'Leads only',
    members: ids(leads),
  });
}
