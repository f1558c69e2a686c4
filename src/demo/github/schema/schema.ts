import { buildSchema, type GraphQLSchema } from 'graphql';
import { ENUMS } from './enums.ts';
import { EVENTS } from './events.ts';
import { OBJECTS } from './objects.ts';

/** What has connections of the plain kind. */
const CONNECTED = `
  Repository RepositoryTopic Issue PullRequest Discussion Release DiscussionCategory Milestone Label
  StatusCheckRollupContext User IssueComment PullRequestChangedFile PullRequestCommit PullRequestReview
  PullRequestReviewThread ReviewRequest PullRequestReviewComment DiscussionComment ReleaseAsset
`;

const connectionOf = (name: string): string =>
  `type ${name}Connection { nodes: [${name}]  edges: [${name}Edge]  pageInfo: PageInfo!  totalCount: Int! }
type ${name}Edge { cursor: String!  node: ${name} }`;

let schema: GraphQLSchema | undefined;

/** The part of GitHub's schema that is simulated. Made when it is first asked for. */
export function githubSchema(): GraphQLSchema {
  const connections = CONNECTED.trim().split(/\s+/).map(connectionOf);
  schema ??= buildSchema([OBJECTS, EVENTS, ENUMS, ...connections].join('\n'));
  return schema;
}
