import type { Facts } from '../../core/document.ts';
import type { Plain } from '../../core/plain.ts';

/** What people ask for of tickets and the like, in this order, by its name in the frontmatter. */
const ASKED_FOR = [
  'issue_type',
  'category',
  'status',
  'resolution',
  'priority',
  'assignee',
  'assignees',
  'reporter',
  'reviewers',
  'components',
  'labels',
  'sprint',
  'fix_versions',
  'affects_versions',
  'milestone',
];
const TYPES = new Set(['ticket', 'issue', 'pull-request', 'discussion']);

const MOST = 400;

/** Such as `status: In Progress · assignee: Mina Okafor · labels: checkout, sale`; empty for documents of other types. */
export function factLine({ type, status, labels, fields }: Facts): string {
  if (!TYPES.has(type)) return '';
  const all: Readonly<Record<string, Plain | undefined>> = { ...fields, status, labels };
  return ASKED_FOR.flatMap((name) => {
    const value = [all[name] ?? []].flat().filter((one) => typeof one === 'string');
    return value.length === 0 ? [] : [`${name.replaceAll('_', ' ')}: ${value.join(', ')}`];
  })
    .join(' · ')
    .slice(0, MOST)
    .toWellFormed();
}
