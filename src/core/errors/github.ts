import { entry } from './entry.ts';

/** A query of the GraphQL API, by its name, and what it was for. */
export interface GithubQuery {
  readonly source: string;
  readonly query: string;
  readonly what: string;
}

/** What GitHub's GraphQL API answers with status 200, and what only its searches say. */
export const githubErrors = {
  'github.query-failed': entry<GithubQuery & { reason: string }>({
    kind: 'failed',
    message: (p) => `${p.source}: ${p.what}: query ${p.query}: GitHub answered ${p.reason}.`,
    hint: ({ reason }) =>
      reason === 'FORBIDDEN' || reason === 'INSUFFICIENT_SCOPES'
        ? 'The token needs read access to this; docs/connectors/github.md lists what each kind of document needs.'
        : 'What is in the repository stays. Look at https://www.githubstatus.com and run again later.',
  }),
  'github.bad-search': entry<{ source: string; view: string; reason: string }>({
    kind: 'usage',
    message: ({ source, view, reason }) => `${source}: the search of view ${view} was refused: ${reason}`,
    hint: ({ view }) =>
      `Correct \`views.${view}\` in context.config.yaml; try it in GitHub's search of issues first. @me needs the token of a person.`,
  }),
  'github.search-incomplete': entry<{ source: string; view: string; found: number; told: number }>({
    kind: 'partial',
    message: ({ source, view, found, told }) =>
      `${source}: the search of view ${view} told ${told} of the ${found} that it found.`,
    hint: ({ view }) =>
      `GitHub tells no more than 1,000 and stops when a search takes long: narrow \`views.${view}\` down. What the repository has of it stays.`,
  }),
  'github.repository-lost': entry<{ source: string; repository: string }>({
    kind: 'partial',
    message: ({ source, repository }) =>
      `${source}: repository ${repository} is not there, or the token may not see it.`,
    hint: () =>
      'What the repository has of it stays. Correct `repositories` in context.config.yaml, or give the token access.',
  }),
};
