import { entry } from './entry.ts';

/** Of questions whose answers the command line and tools of agents share. */
export const answerErrors = {
  'answer.bad-cursor': entry({
    kind: 'usage',
    message: () => 'The cursor is not one that this question was answered with.',
    hint: () =>
      'Give the cursor of the last answer with all else as it was asked, or leave it out to begin anew; what was asked about may have changed since.',
  }),
  'answer.bad-lines': entry<{ lines: string; total: number }>({
    kind: 'usage',
    message: ({ lines, total }) => `There are no lines ${JSON.stringify(lines)}: the document has ${total}.`,
    hint: () => 'Name them as FIRST-LAST, such as 10-40, or one alone, counted from 1.',
  }),
  'answer.no-section': entry<{ section: string; sections: number }>({
    kind: 'usage',
    message: ({ section }) => `The document has no section ${JSON.stringify(section)}.`,
    hint: ({ sections }) =>
      sections === 0
        ? 'It has no headings: read it whole, or some of its lines.'
        : `Name one of its ${sections} headings as it is written; it shows them when it is read without a section.`,
  }),
  'answer.no-text': entry<{ path: string }>({
    kind: 'usage',
    message: ({ path }) => `${path} is no text.`,
    hint: () => 'Only documents, notes, code and attachments of text can be read.',
  }),
  'answer.not-indexed': entry<{ path: string }>({
    kind: 'usage',
    message: ({ path }) => `The index has no file of code ${path}.`,
    hint: () =>
      'Name it as a search does, REPOSITORY:PATH. Files that programs made, and those of more than a megabyte, are not indexed.',
  }),
};
