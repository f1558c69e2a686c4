import { z } from 'zod';
import { answerRecent } from '../../answers/recent.ts';
import { diffMarkdown } from '../../history/diff-markdown.ts';
import { cursor, limit, maxTokens, since } from '../input.ts';
import { enclosed, retrieved } from '../retrieved.ts';
import type { Tool } from '../tool.ts';

const input = z.object({
  since: since.describe('Such as 2026-03-02, yesterday, monday, "2 days ago"').default('1 week ago'),
  until: since.optional(),
  source: z.string().max(200).optional(),
  limit: limit(200, 30),
  cursor,
  max_tokens: maxTokens(4_000),
});

export const recentTool: Tool<typeof input> = {
  name: 'recent',
  title: 'What changed',
  description:
    'Documents that came, changed, moved or went since a date, with who changed them and which sections.',
  input,
  async answer({ max_tokens, ...asked }, { repository, now, boundary }) {
    return repository.use(async ({ repo }) => {
      const page = await answerRecent(repo, { ...asked, maxTokens: max_tokens }, { now: now() });
      const own = boundary();
      return {
        text: retrieved([enclosed(diffMarkdown(page.diff, page.since), own)], {
          ...{ boundary: own, cursor: page.json.cursor },
        }),
        structured: { repository: repo.path, ...page.json },
      };
    });
  },
};
