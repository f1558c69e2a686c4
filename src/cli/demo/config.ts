import type { LoadedConfig } from '../../config/load.ts';
import type { Config } from '../../config/schema.ts';
import type { GithubSimulator } from '../../demo/github/server.ts';
import type { Simulator } from '../../demo/server.ts';
import type { SlackSimulator } from '../../demo/slack/server.ts';
import type { CompanyFiles } from './company-files.ts';
import { ALL_DAYS } from './days.ts';

/** The simulated services of one company. */
export interface Services {
  readonly atlassian: Simulator;
  readonly slack: SlackSimulator;
  readonly github: GithubSimulator;
}

/** What `ctx build` would load to read the whole company into the repository at `dir`. */
export function demoConfig(
  { atlassian, slack, github }: Services,
  { mailbox, code, memory }: CompanyFiles,
  dir: string,
): LoadedConfig {
  const { url, credentials } = atlassian;
  const common = {
    url,
    auth: credentials,
    comments: true,
    attachments: 'referenced' as const,
    max_attachment_mb: 25,
    optional: false,
    include_restricted: false,
    exclude: [],
    gateway: url,
  };
  const config: Config = {
    version: 1,
    repo: { path: dir, remote: null, branch: 'main', commit: 'per-run' },
    secrets: { allow: [] },
    sources: [
      { id: 'confluence', type: 'confluence', spaces: ['ENG', 'INFRA', 'PRODUCT'], ...common },
      {
        id: 'jira',
        type: 'jira',
        views: {
          ASSIGNED: 'assignee = currentUser() AND resolution = Unresolved',
          WATCHING: 'watcher = currentUser() AND resolution = Unresolved',
          PROJECT: 'project in (SHOP, OPS) AND updated >= -90d',
        },
        ...common,
      },
      {
        ...{ id: 'slack', type: 'slack', url: new URL(slack.url).origin, files_url: slack.filesUrl },
        ...{ auth: { token: slack.token }, channels: 'all', direct_messages: [], group_messages: [] },
        // The company's days are long ago, so that none of them is over for good.
        ...{ days: ALL_DAYS, recent_days: ALL_DAYS, late_replies_days: 0 },
        ...{ threads: true, bots: false, joins: false, attachments: 'all', max_attachment_mb: 25 },
        ...{ workers: 3, direction: 'backwards', delay: 0, page_size: 200, requests_per_minute: {} },
        ...{ optional: false, exclude: [] },
      },
      {
        ...{ id: 'email', type: 'email', path: mailbox },
        ...{ attachments: 'all', max_attachment_mb: 25, optional: false, exclude: [] },
      },
      {
        ...{ id: 'github', type: 'github', url: github.url, auth: { token: github.token } },
        ...{ repositories: ['fernhollow/*'], views: {}, days: 'all', comments: true },
        include: ['pulls', 'issues', 'discussions', 'releases', 'readme'],
        ...{ optional: false, exclude: [] },
      },
      ...(code === undefined
        ? []
        : [
            {
              ...{ id: code.name, type: 'git' as const, path: code.path, url: code.url },
              ...{ optional: false, exclude: [] },
            },
          ]),
      {
        ...{ id: 'memory', type: 'files', path: memory, copy: false },
        ...{ include: ['**/*.md', '**/*.yaml', '**/*.jsonl'], exclude: [], optional: false },
      },
    ],
  };
  return {
    file: 'context.config.yaml',
    config,
    sources: config.sources.map((source) => ({ status: 'ready', config: source })),
    warnings: [],
    secrets: [credentials.token, slack.token, github.token],
  };
}
