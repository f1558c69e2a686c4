import { fromSlack, type ReadContext, type Reading } from '../../src/markdown/index.ts';
import { written } from './render.ts';

/** A workspace with one known person, group, channel and file. */
export const workspace: ReadContext = {
  siteUrl: 'https://acme.slack.com',
  person: (id) => (id === 'U1' ? 'Ann Lee' : undefined),
  userGroup: (id) => (id === 'S1' ? 'backend-team' : undefined),
  channel: (id) => (id === 'C1' ? { name: 'general', url: 'https://acme.slack.com/archives/C1' } : undefined),
  attachment: ({ mediaId }) =>
    mediaId === 'F1' ? { name: 'plan.pdf', url: 'https://acme.slack.com/files/F1/plan.pdf' } : undefined,
};

export const read = (message: unknown): Reading => fromSlack(message, workspace);
export const slack = (message: unknown): string => written(read(message));
export const mrkdwn = (text: string): string => slack({ text });
export const blocks = (...content: unknown[]): string => slack({ blocks: content });

export const words = (value: string, style?: unknown) => ({ type: 'text', text: value, style });
export const section = (...elements: unknown[]) => ({ type: 'rich_text_section', elements });
export const richText = (...elements: unknown[]) => ({ type: 'rich_text', elements });
/** One section of rich text. */
export const inline = (...elements: unknown[]): string => blocks(richText(section(...elements)));
export const plain = (text: string) => ({ type: 'plain_text', text });
export const marked = (text: string) => ({ type: 'mrkdwn', text });
