import { entry } from './entry.ts';

/** Of blocks of ours in texts of somebody else's. */
export const markedBlockErrors = {
  'marked-block.unclosed': entry<{ place: string; begin: string; end: string }>({
    kind: 'guard',
    message: ({ place }) => `${place}: the block of ctx in it has lost its first line or its last.`,
    hint: ({ begin, end }) =>
      `Nothing was changed. Remove what is left of it, from "${begin}" to "${end}", and run again.`,
  }),
};
