import { entry } from './entry.ts';

/** Failures of a source's answers: what it was asked, what came, and what the user can do. */
export const sourceErrors = {
  'source.not-found': entry<{ source: string; what: string; known?: string }>({
    kind: 'usage',
    message: ({ source, what }) => `${source}: ${what} does not exist, or the account may not see it.`,
    hint: ({ known }) =>
      known
        ? `Known: ${known}. Correct the name in context.config.yaml.`
        : 'Correct the name in context.config.yaml, or give the account access.',
  }),
  'source.bad-query': entry<{ source: string; view: string; reason: string }>({
    kind: 'usage',
    message: ({ source, view, reason }) => `${source}: the query of view ${view} was refused: ${reason}`,
    hint: ({ view }) =>
      `Correct the JQL of \`views.${view}\` in context.config.yaml; try it in Jira's issue search first.`,
  }),
  'source.unexpected-answer': entry<{ source: string; what: string; problem: string }>({
    kind: 'failed',
    message: ({ source, what, problem }) => `${source}: ${what}: ${problem}`,
    hint: () =>
      'Nothing was removed. Run again; if it stays, the service changed its answer: report it with this line.',
  }),
  'source.document-failed': entry<{ source: string; id: string; reason: string }>({
    kind: 'partial',
    message: ({ source, id, reason }) => `${source}: document ${id} could not be read: ${reason}`,
    hint: () => 'Its last version is kept and the next run tries it again.',
  }),
  'source.attachment-failed': entry<{ source: string; id: string; document: string; reason: string }>({
    kind: 'partial',
    message: ({ source, id, document, reason }) =>
      `${source}: attachment ${id} of document ${document} could not be fetched: ${reason}`,
    hint: () =>
      'The document links to the original, or to the last version, until the next run tries it again.',
  }),
  'source.access-unknown': entry<{ source: string; id: string }>({
    kind: 'partial',
    message: ({ source, id }) => `${source}: the restrictions of document ${id} could not be read.`,
    hint: () =>
      'A new document is not written and an existing one keeps its last version until they can be read.',
  }),
};
