import { z } from 'zod';
import {
  address,
  connection,
  count,
  id,
  label,
  milestone,
  optionalText,
  repositoryName,
  time,
} from './schema.ts';

/** What is used of listings, of searches, and of answers about a repository. */

const newest = z.looseObject({
  totalCount: count,
  nodes: z.array(z.looseObject({ updatedAt: time }).nullable()),
});

export const overview = z.looseObject({
  id,
  databaseId: count.nullish(),
  nameWithOwner: repositoryName,
  url: address,
  description: optionalText,
  isPrivate: z.boolean(),
  hasIssuesEnabled: z.boolean(),
  hasDiscussionsEnabled: z.boolean(),
  defaultBranchRef: z.looseObject({ name: z.string() }).nullish(),
  issues: newest,
  pullRequests: newest,
  discussions: newest.nullish(),
  labels: connection(label).nullish(),
  milestones: connection(milestone).nullish(),
});
export type Overview = z.output<typeof overview>;

/** What a listing tells of each. */
const listed = z.looseObject({ id, number: count, updatedAt: time, state: optionalText });
export type Listed = z.output<typeof listed>;
export const listedPage = connection(listed);

const listedRelease = z.looseObject({
  ...{ id, updatedAt: time, isDraft: z.boolean(), tagName: z.string(), name: optionalText },
  releaseAssets: z.looseObject({ totalCount: count }),
});
export type ListedRelease = z.output<typeof listedRelease>;
export const releasePage = connection(listedRelease);

/** An issue or a pull request as the REST API lists it; without its text, since many of them are remembered at once. */
export const restIssue = z.object({
  node_id: id,
  number: count,
  created_at: time,
  updated_at: time,
  repository_url: z.string().regex(/\/repos\/[\w.-]{1,100}\/[\w.-]{1,100}$/),
  pull_request: z.object({}).nullish(),
});
export type RestIssue = z.output<typeof restIssue>;
export const restIssues = z.array(restIssue);

/** One of them, asked for by its number. */
export const numbered = z.looseObject({ node_id: id });

export const searchPage = z.looseObject({
  total_count: count,
  incomplete_results: z.boolean(),
  items: z.array(restIssue),
});

export const restRepositories = z.array(
  z.looseObject({ full_name: repositoryName, fork: z.boolean().nullish() }),
);

export const readme = z.looseObject({
  path: z.string(),
  sha: z.string(),
  html_url: address.nullish(),
  encoding: z.string(),
  content: z.string(),
});
export type Readme = z.output<typeof readme>;

export const account = z.looseObject({ id: id.nullish(), login: z.string() }).nullable();
