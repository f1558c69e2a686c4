import { entry } from './entry.ts';

/** Failures of one document on its way through the pipeline. */
export const documentErrors = {
  'pipeline.scan-failed': entry<{ path: string; reason: string }>({
    kind: 'partial',
    message: ({ path, reason }) => `${path} could not be searched for secrets: ${reason}.`,
    hint: () =>
      'It is left out; a document that was written before keeps its last version. Report it with this line if it stays.',
  }),
};
