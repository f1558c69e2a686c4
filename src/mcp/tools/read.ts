import { z } from 'zod';
import { answerRead } from '../../answers/read.ts';
import { cursor, maxTokens, name } from '../input.ts';
import { pathOfResource } from '../resource-address.ts';
import { enclosed, retrieved } from '../retrieved.ts';
import type { Tool } from '../tool.ts';

const input = z.object({
  document: name.describe(
    'Path, key, id or URL; REPOSITORY:PATH for code; @2026-03-02 or @COMMIT behind it: as it was',
  ),
  lines: z.string().max(50).describe('Such as 10-40').optional(),
  section: z.string().max(500).describe('Heading').optional(),
  cursor,
  max_tokens: maxTokens(8_000),
});

/** In tokens: what stands around the text, with a long path. */
const AROUND = 300;

export const readTool: Tool<typeof input> = {
  name: 'read',
  title: 'Read a document',
  description: 'A document, note or file of code, whole or in part, with its frontmatter.',
  input,
  waysOut: {
    'history.unknown-document': 'The tool search finds it by its words.',
    'history.gone': 'Here: read it with @ and that commit.',
    'answer.not-indexed': 'The tool search with type code finds files.',
  },
  async answer({ document, max_tokens, ...asked }, { repository, now, boundary }, _signal) {
    return repository.use(async ({ repo, reading }) => {
      const page = await answerRead(
        { repo, cwd: repo.path, index: reading },
        { ...asked, document: pathOfResource(document) ?? document, maxTokens: max_tokens - AROUND },
        { now: now() },
      );
      const own = boundary();
      const { path } = page.document;
      const [first, last] = page.lines;
      const place = `${path}, lines ${first}–${last} of ${page.totalLines}`;
      return {
        text: retrieved([enclosed(place, own), enclosed(page.content, own)], {
          boundary: own,
          cursor: page.cursor,
        }),
        structured: { repository: repo.path, ...page },
      };
    });
  },
};
