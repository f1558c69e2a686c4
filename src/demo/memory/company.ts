/** What the assistant of Mina of Fernhollow remembers: files by their paths in its folder. */
export function companyMemory(): Readonly<Record<string, string>> {
  return {
    'CLAUDE.md': INSTRUCTIONS,
    'notes/style.md': STYLE,
    'state/current_work.yaml': CURRENT_WORK,
    'learned/billing.yaml': BILLING,
    'learned/working-with-the-team.yaml': TEAM,
    'memory.jsonl': GRAPH,
  };
}

const INSTRUCTIONS = `# Working with Mina

Engineer at Fernhollow, mostly on checkout and billing. Berlin time.

- Answer short, with the file or ticket that it is from.
- Money is in cents, as whole numbers. Never in floats.
- Ask before anything is sent to somebody: mails, messages, comments.

How we write is in @notes/style.md
`;

const STYLE = `# How we write

Makers sell, gardeners buy. We say *our fee*, not *commission*. No exclamation marks.
`;

const CURRENT_WORK = `updated: 2026-02-27
ticket: SHOP-47
title: Fees by order on the maker's invoice
repository: checkout
branch: fee-lines
status: Lines of orders are done; refunds are missing.
files:
  - src/billing/invoice.ts
  - test/invoice.test.ts
next:
  - Refunds as lines below zero, with the number of their credit note
  - Ask Priya whether the least fee needs a word of its own on the invoice
waiting_for:
  - SHOP-12 and SHOP-14, the discount service, need the note of finance
`;

const BILLING = `topic: billing
learned:
  - fact: Fees are rounded once per order. Rounding per line was off by up to 3 cents an invoice.
    from: SHOP-47
  - fact: The day of the ledger's row decides the invoice, not the day of the order.
    from: Priya, 2026-02-27
  - fact: Invoices that are out are never changed; a credit note corrects them.
    from: docs/billing.md
`;

const TEAM = `topic: working with the team
learned:
  - fact: Changes below src/billing need two approvals; Priya and Jonas answer fastest before 10:00 Berlin time.
  - fact: No deploys of checkout from March 19, 18:00 to March 21, 08:00 UTC.
  - fact: Hana's day ends when Berlin's begins; leave her a question overnight.
`;

/** As MCP's memory server writes it. A line was cut off when its machine ran out of battery. */
const GRAPH = `{"type":"entity","name":"Billing","entityType":"system","observations":["Lives in the repository checkout, below src/billing","Invoices on the first of the month, payouts on Fridays"]}
{"type":"entity","name":"Priya Raman","entityType":"person","observations":["Wrote billing","Kolkata time"]}
{"type":"entity","name":"SHOP-47","entityType":"ticket","observations":["Mina works on it since 2026-02-24","Ada pro
{"type":"entity","name":"Ruth Amsel","entityType":"person","observations":["Accountant; writes the note on discounts"]}
{"type":"relation","from":"Priya Raman","to":"Billing","relationType":"knows_most_about"}
{"type":"relation","from":"SHOP-47","to":"Billing","relationType":"changes"}
`;
