export type {
  Attachment,
  AttachmentReference,
  Channel,
  IncludedPage,
  PageReference,
  ReadContext,
  Reading,
} from './context.ts';
export { fromAdf } from './from-adf.ts';
export { fromGithub } from './from-github.ts';
export { fromHtml } from './from-html.ts';
export { fromMarkdown } from './from-markdown.ts';
export { fromSlack } from './from-slack.ts';
export { fromStorage } from './from-storage.ts';
export { fromWiki } from './from-wiki.ts';
export { linkDocument, markLinks } from './links.ts';
export { writeMarkdown } from './write.ts';
