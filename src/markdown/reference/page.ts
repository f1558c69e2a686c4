import type { Warning } from '../../core/document.ts';
import type { Format } from '../formats.ts';
import { linkDocument, type ReadContext, type Reading, writeMarkdown } from '../index.ts';
import { LIVE_END, liveStart } from '../live.ts';
import { MACROS } from '../macros/registry.ts';
import { readText } from '../read-text.ts';
import { adfExamples } from './adf-examples.ts';
import type { Example } from './example.ts';
import { githubExamples } from './github-examples.ts';
import { htmlExamples } from './html-examples.ts';
import { mrkdwnExamples, slackExamples } from './slack-examples.ts';
import { storageExamples } from './storage-examples.ts';
import { wikiExamples } from './wiki-examples.ts';

export interface Section {
  readonly title: string;
  readonly format: Format;
  /** Of its examples, if that is not the one of the format. */
  readonly language?: string;
  readonly examples: readonly Example[];
  /** What holds for the whole section. */
  readonly note?: string;
}

export const SECTIONS: readonly Section[] = [
  { title: 'Confluence storage format', format: 'storage', examples: storageExamples },
  {
    title: 'Confluence macros',
    format: 'storage',
    examples: MACROS.map(({ names, example }) => ({ construct: names.join(', '), source: example })),
    note: `What exists only rendered, such as a list of pages, is read from Confluence's own rendering and stands between \`${liveStart('NAME')}\` and \`${LIVE_END}\`. Below is what stands in its place where that could not be read.`,
  },
  { title: 'Atlassian Document Format', format: 'adf', examples: adfExamples },
  { title: 'Jira wiki markup', format: 'wiki', examples: wikiExamples },
  { title: 'HTML', format: 'html', examples: htmlExamples },
  {
    title: 'Slack messages',
    format: 'slack',
    examples: slackExamples,
    note: 'The text of a message beside its blocks is what programs show that do not know blocks, and is read only where there are none.',
  },
  { title: 'Slack mrkdwn', format: 'slack', language: '', examples: mrkdwnExamples },
  {
    title: 'GitHub',
    format: 'github',
    examples: githubExamples,
    note: 'What people write in issues, pull requests and discussions, read in the repository `acme/api`.',
  },
];

const SITE = 'https://acme.atlassian.net';
const LANGUAGES: Readonly<Record<Format, string>> = {
  storage: 'xml',
  adf: 'json',
  wiki: '',
  html: 'html',
  slack: 'json',
  github: 'markdown',
};

/** A place where Ann works and every file that is named is attached. */
const context: ReadContext = {
  siteUrl: SITE,
  space: 'ENG',
  pageId: '1',
  person: (accountId) => (accountId === 'ann' ? 'Ann Lee' : undefined),
  channel: (id) =>
    id === 'general' ? { name: id, url: `https://acme.slack.com/archives/${id}` } : undefined,
  userGroup: (id) => (id === 'backend' ? 'backend-team' : undefined),
  attachment: ({ name, alt, mediaId }) =>
    file(name ?? (alt || (mediaId?.includes('.') ? mediaId : undefined))),
  attachments: () =>
    [file('overview.png'), file('plan.pdf'), file('plan.png')].filter((known) => known !== undefined),
  included: () => ({
    id: '2',
    space: 'ENG',
    title: 'Glossary',
    url: `${SITE}/wiki/spaces/ENG/pages/2`,
    storage:
      '<ac:structured-macro ac:name="excerpt"><ac:rich-text-body><p>A page is a document.</p></ac:rich-text-body></ac:structured-macro>',
  }),
};

const repository: ReadContext = {
  siteUrl: 'https://github.com',
  repository: 'acme/api',
  address: (href) => new URL(href, 'https://github.com/acme/api/blob/main/').href,
  lineBreaks: true,
  person: () => undefined,
};

function file(name: string | undefined) {
  return name === undefined ? undefined : { name, url: `${SITE}/wiki/download/attachments/1/${name}` };
}

export function readExample(format: Format, source: string): Reading {
  return readText(source, format, format === 'github' ? repository : context);
}

/** `docs/reference/rendering.md`: what becomes of every construct, made by rendering an example of each. */
export function renderingPage(): string {
  const contents = SECTIONS.map(({ title }) => `- [${title}](#${title.toLowerCase().replaceAll(' ', '-')})`);
  return [
    '# What becomes of each construct',
    'Made by `npm run reference` from the examples that stand beside the readers: each is rendered as a build would render it. What a form says beyond its content is *degraded* where the content stays, and *lost* where only a mark is left; both are counted and named in the report of a run, and by `ctx render`.',
    contents.join('\n'),
    ...SECTIONS.flatMap(sectionOf),
  ]
    .join('\n\n')
    .concat('\n');
}

function sectionOf({ title, format, language = LANGUAGES[format], examples, note }: Section): string[] {
  return [
    `## ${title}`,
    ...(note === undefined ? [] : [note]),
    ...examples.flatMap((example) => exampleOf(example, format, language)),
  ];
}

function exampleOf({ construct, source }: Example, format: Format, language: string): string[] {
  const reading = readExample(format, source);
  const markdown = linkDocument(writeMarkdown(reading.root), (url) => url).trimEnd();
  return [
    `### ${construct}`,
    fenced(source, language),
    markdown === '' ? 'Nothing is written.' : fenced(markdown, 'markdown'),
    ...reading.warnings.map(noteOf),
  ];
}

function noteOf({ construct, fate, detail }: Warning): string {
  return `Counted as ${fate}: \`${construct}\`${detail === undefined ? '' : ` (${detail})`}`;
}

function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
