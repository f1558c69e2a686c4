/** Everything that can happen to a workspace. Each edit advances its clock by a minute and its revision by one. */
export * from './edit-attachments.ts';
export * from './edit-comments.ts';
export * from './edit-issues.ts';
export * from './edit-pages.ts';
export * from './edit-people.ts';
export { findIssue, issueOf } from './issue-records.ts';
