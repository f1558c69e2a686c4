/** Everything that can happen to a Slack workspace. Each edit advances its clock by a minute and its revision by one. */
export * from './edit-channels.ts';
export * from './edit-files.ts';
export * from './edit-messages.ts';
export * from './edit-people.ts';
export { channelNamed, channelOf, messageOf } from './journal.ts';
