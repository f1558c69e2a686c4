import type { Simulator } from '../../src/demo/server.ts';

const CONFLUENCE = `
  - id: confluence
    type: confluence
    url: \${CONFLUENCE_URL}
    auth: { username: "\${CONFLUENCE_USERNAME}", token: "\${CONFLUENCE_API_TOKEN}" }
    spaces: [ENG, INFRA, PRODUCT]
    comments: true
    optional: true
    gateway: \${GATEWAY}`;

const JIRA = `
  - id: jira
    type: jira
    url: \${JIRA_URL}
    auth: { username: "\${JIRA_USERNAME}", token: "\${JIRA_API_TOKEN}" }
    views:
      ASSIGNED: assignee = currentUser() AND resolution = Unresolved
      WATCHING: watcher = currentUser() AND resolution = Unresolved
      PROJECT: project in (SHOP, OPS) AND updated >= -90d
    comments: true
    optional: true
    gateway: \${GATEWAY}`;

/**
 * A configuration as people write it, for the repository `repo` beside the file. `edits` are replacements of its text,
 * each of which must apply.
 */
export function configuration({
  sources = ['confluence', 'jira'],
  edits = {},
}: {
  readonly sources?: readonly ('confluence' | 'jira')[];
  readonly edits?: Readonly<Record<string, string>>;
} = {}): string {
  const sections = sources.map((source) => (source === 'jira' ? JIRA : CONFLUENCE));
  let text = `version: 1\nrepo: { path: repo, remote: null, branch: main }\nsources:${sections.join('')}\n`;
  for (const [before, after] of Object.entries(edits)) {
    if (!text.includes(before)) throw new Error(`the configuration does not contain ${before}`);
    text = text.replaceAll(before, after);
  }
  return text;
}

type Site = Pick<Simulator, 'url' | 'credentials'>;

/** The variables that {@link configuration} names. */
export function variables({ url, credentials }: Site): Record<string, string> {
  return {
    CONFLUENCE_URL: url,
    CONFLUENCE_USERNAME: credentials.username,
    CONFLUENCE_API_TOKEN: credentials.token,
    JIRA_URL: url,
    JIRA_USERNAME: credentials.username,
    JIRA_API_TOKEN: credentials.token,
    GATEWAY: url,
  };
}

export function dotenv(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
