import { entry } from './entry.ts';

/** Failures of a document's header. */
export const frontmatterErrors = {
  'pipeline.frontmatter-mismatch': entry<{ source: string; id: string; keys: string }>({
    kind: 'partial',
    message: ({ source, id, keys }) =>
      `${source}: the frontmatter of document ${id} does not read back as it was written (${keys}).`,
    hint: () => 'The document was not written and keeps its last version. Report it with this line.',
  }),
};
