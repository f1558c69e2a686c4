/** Everything that can happen on GitHub. Each edit advances the clock by a minute, unless it says when it was. */
export * from './edit-comments.ts';
export * from './edit-discussions.ts';
export * from './edit-items.ts';
export { createIssue, createPullRequest, type NewIssue, type NewPullRequest } from './edit-new-items.ts';
export * from './edit-pulls.ts';
export * from './edit-repositories.ts';
export * from './edit-reviews.ts';
export { itemOf, repositoryNamed } from './journal.ts';
