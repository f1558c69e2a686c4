import { currentVersion } from './access.ts';
import { personId } from './content/people.ts';
import { adf } from './content/to-adf.ts';
import { storage } from './content/to-storage.ts';
import {
  addComment,
  addLabel,
  assignIssue,
  commentIssue,
  createIssue,
  createPage,
  editIssue,
  editPage,
  movePage,
  pageIdByTitle,
  pageOf,
  restrictPage,
  retitlePage,
  transitionIssue,
  trashPage,
} from './edits.ts';
import { textOf, type Workspace } from './model.ts';

/** One morning at Fernhollow: what a team changes between two runs. It fits the workspace of `company.ts`. */
export function applyMorning(workspace: Workspace): void {
  editRunbook(workspace);
  changePages(workspace);
  changeTickets(workspace);
}

/** After the night's handover the runbook gets a shorter deadline and a number to call. */
function editRunbook(workspace: Workspace): void {
  const id = pageIdByTitle(workspace, 'INFRA', 'On-call runbook');
  const body = textOf(currentVersion(pageOf(workspace, id)).body);
  const changed = body
    .replace('>within 15 minutes<', '>within 5 minutes<')
    .replace(
      'Open an incident ticket in OPS, even if it turns out to be nothing.',
      'Open an incident ticket in OPS before you start to fix things: the clock in it is the one we trust.',
    );
  const message = 'Five minutes, as agreed in the handover';
  editPage(workspace, id, { body: changed, message, by: personId('jonas') });
}

function changePages(workspace: Workspace): void {
  const eng = (title: string) => pageIdByTitle(workspace, 'ENG', title);
  const infra = (title: string) => pageIdByTitle(workspace, 'INFRA', title);
  const productPage = (title: string) => pageIdByTitle(workspace, 'PRODUCT', title);

  retitlePage(workspace, eng('Seedbank (stock)'), 'Seedbank: the stock ledger', { by: personId('jonas') });
  movePage(workspace, productPage('Gift cards'), { parent: productPage('Research') });
  const guild = createPage(workspace, {
    space: 'ENG',
    title: '2026-03-02 On-call handover',
    parent: eng('Meeting notes'),
    by: personId('mina'),
    body: storage(`
      From {{@hana}} to {{@mina}}.

      - **What rang:** once, delayed mails ({{issue:OPS-18}}).
      - **What it was:** a mail provider that slows us down.
      - **Still open:** 40 mails; the rate goes back up at noon.

      [ ] {{@mina}} raises the mail rate at 12:00
      [x] {{@jonas}} changes the escalation time in {{page:INFRA:On-call runbook}}
    `),
  });
  addLabel(workspace, guild, 'meeting-notes');
  trashPage(workspace, infra('Old staging access'));
  addComment(workspace, productPage('Spring sale 2026'), {
    body: storage('Finance sent the note. The discount service can be merged this week, {{@ada}}.'),
    by: personId('mina'),
  });
  addLabel(workspace, eng('Checkout service'), 'payments');
  restrictPage(workspace, infra('Costs'), { groups: ['leads'] });
}

function changeTickets(workspace: Workspace): void {
  const mina = { by: personId('mina') };
  transitionIssue(workspace, 'SHOP-12', 'In Progress', mina);
  commentIssue(workspace, 'SHOP-12', {
    body: adf('The note is here: account 4731, one row per order. Unblocked; {{issue:SHOP-14}} is next.'),
    ...mina,
  });
  transitionIssue(workspace, 'SHOP-14', 'In Progress', mina);
  transitionIssue(workspace, 'SHOP-43', 'Done', mina);
  commentIssue(workspace, 'SHOP-43', {
    body: adf('Fixed: the basket is read again when the page comes out of the cache (^pageshow^).'),
    ...mina,
  });
  const key = createIssue(workspace, {
    project: 'OPS',
    type: 'Task',
    summary: 'Raise the mail rate again at noon',
    reporter: personId('hana'),
    assignee: personId('mina'),
    labels: ['mail'],
    description: adf(
      'Step by step: 50 %, wait ten minutes, 100 %. Watch ^421^ answers. Belongs to {{issue:OPS-18}}.',
    ),
  });
  editIssue(workspace, key, { due: '2026-03-02', by: personId('hana') });
  commentIssue(workspace, 'OPS-18', {
    body: adf('40 mails left. Handing over to {{@mina}}.'),
    by: personId('hana'),
  });
  assignIssue(workspace, 'SHOP-39', personId('priya'), mina);
}
