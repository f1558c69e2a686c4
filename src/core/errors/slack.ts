import { counted } from '../counted.ts';
import { entry } from './entry.ts';

/** A call of the Web API, and what it was for. */
export interface SlackCall {
  readonly source: string;
  readonly method: string;
  readonly what: string;
}

const call = ({ source, method, what }: SlackCall) => `${source}: ${what}: ${method}`;

/** What Slack answers with status 200 and `ok: false`. */
export const slackErrors = {
  'slack.no-source': entry<{ file: string }>({
    kind: 'usage',
    message: ({ file }) => `${file} has no source of type slack.`,
    hint: () => 'Add one under sources; docs/connectors/slack.md shows how.',
  }),
  'slack.nobodys-token': entry<{ file: string }>({
    kind: 'usage',
    message: ({ file }) => `The Slack tokens of ${file} are those of apps: they do not tell who you are.`,
    hint: () => 'Say it with --user: the name that Slack shows, or the id of your profile.',
  }),
  'slack.refused': entry<SlackCall & { error: string }>({
    kind: 'credentials',
    message: (p) => `${call(p)}: the token was refused (${p.error}).`,
    hint: () =>
      'Take the token from the "OAuth & Permissions" page of the app, where it is installed to the workspace; docs/connectors/slack.md shows how.',
  }),
  'slack.missing-scope': entry<SlackCall & { scope?: string }>({
    kind: 'failed',
    message: (p) => `${call(p)}: the token lacks a scope${p.scope ? ` (${p.scope})` : ''}.`,
    hint: ({ scope }) =>
      `Add ${scope ?? 'the scope'} on the "OAuth & Permissions" page of the app and install it anew, or leave out what needs it; docs/connectors/slack.md lists what each needs.`,
  }),
  'slack.error': entry<SlackCall & { error: string }>({
    kind: 'failed',
    message: (p) => `${call(p)}: Slack answered ${p.error}.`,
    hint: ({ error }) =>
      error === 'not_in_channel'
        ? 'Invite the app to the channel (/invite @its-name), or leave the channel out.'
        : 'What is in the repository stays. Look the word up at https://docs.slack.dev/reference/methods, or run again later.',
  }),
  'slack.no-export': entry<{ source: string; path: string; reason: string }>({
    kind: 'failed',
    message: ({ source, path, reason }) => `${source}: ${path} is no export of Slack's: ${reason}.`,
    hint: () =>
      'Name the ZIP as Slack made it, or the folder that it was unpacked to; download it again if it is damaged. What is in the repository stays.',
  }),
  'slack.export-file': entry<{ source: string; file: string; reason: string }>({
    kind: 'partial',
    message: ({ source, file, reason }) => `${source}: ${file} of the export can't be read: ${reason}.`,
    hint: () =>
      'What the repository has of it stays. Download or unpack the export again; if it stays, what is in the file is damaged or of an unknown form.',
  }),
  'slack.unknown-workspace': entry<{ source: string; known?: readonly string[] }>({
    kind: 'usage',
    message: ({ source, known }) =>
      known
        ? `${source}: the export is of several workspaces.`
        : `${source}: the export does not tell the address of its workspace.`,
    hint: ({ known }) =>
      known
        ? `Say which one to read, as \`workspace\` of the source: ${known.join(', ')}.`
        : 'Set `workspace` of the source to its name in addresses, such as acme of acme.slack.com.',
  }),
  'slack.whose-messages': entry<{ source: string }>({
    kind: 'usage',
    message: ({ source }) =>
      `${source}: nothing tells whose messages are meant: only a person's token does, and no app's, no export and no repository.`,
    hint: () => 'Say it with --user: a name as Slack shows it, an id or an e-mail address.',
  }),
  'slack.unknown-user': entry<{ source: string; user: string; ids: readonly string[] }>({
    kind: 'usage',
    message: ({ source, user, ids }) =>
      ids.length === 0
        ? `${source}: nobody is called ${user}.`
        : `${source}: several people are called ${user}.`,
    hint: ({ ids }) =>
      ids.length === 0
        ? "Correct the name, or take the id from the profile; e-mail addresses need the token's scope users:read.email."
        : `Name one by id: ${ids.join(', ')}.`,
  }),
  'slack.which-source': entry<{ file: string; known: readonly string[] }>({
    kind: 'usage',
    message: ({ file }) => `${file} has several sources of type slack.`,
    hint: ({ known }) => `Name one with --source: ${known.join(', ')}.`,
  }),
  'slack.not-set': entry<{ source: string; reason: string }>({
    kind: 'credentials',
    message: ({ source, reason }) => `${source}: ${reason}.`,
    hint: () => 'Set it in the environment, or in .env beside the configuration.',
  }),
  'slack.no-store': entry<{ source: string; path: string }>({
    kind: 'usage',
    message: ({ source, path }) => `${source}: ${path} has nothing of it yet.`,
    hint: () => 'Run ctx slack sync first, or leave out --from store, so that Slack is asked.',
  }),
  'slack.not-stored': entry<{ source: string; gap: string }>({
    kind: 'partial',
    message: ({ source, gap }) => `${source}: the repository lacks ${gap}.`,
    hint: () => 'Run ctx slack sync, or leave out --from store, so that Slack is asked.',
  }),
  'slack.unmarked': entry<{ source: string; channel: string; count: number }>({
    kind: 'partial',
    message: ({ source, channel, count }) =>
      `${source}: ${counted(count, 'document')} of ${channel} without the times of the messages: written by an earlier version.`,
    hint: () =>
      'Run ctx slack sync --full to write them anew; what Slack no longer shows stays as it is. Or export with --from slack.',
  }),
  'slack.empty-range': entry({
    kind: 'usage',
    message: () => 'The range ends before it begins.',
    hint: () => 'Give --since a date that is not after that of --until.',
  }),
};
