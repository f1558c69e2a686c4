import { z } from 'zod';
import { answerSearch } from '../../answers/search.ts';
import { writableItem } from '../../context/format/write-item.ts';
import type { Item } from '../../context/item.ts';
import type { ShownHit } from '../../search/query/shown.ts';
import { cursor, limit, maxTokens, names, since } from '../input.ts';
import { retrieved } from '../retrieved.ts';
import type { Tool } from '../tool.ts';

const input = z.object({
  query: z.string().min(1).max(20_000).describe('Question, words or keys such as PROJ-123'),
  source: names,
  type: names.describe('page, ticket, issue, pull, thread, day, code, note …'),
  since: since.describe('Changed since, such as 2026-03-02 or "2 weeks ago"').optional(),
  mode: z.enum(['hybrid', 'lexical', 'semantic']).default('hybrid'),
  limit: limit(50, 10),
  cursor,
  max_tokens: maxTokens(4_000),
});

export const searchTool: Tool<typeof input> = {
  name: 'search',
  title: 'Search team knowledge',
  description:
    'Find pages, tickets, chat threads, mail, pull requests and code by words and meaning, best first. Answers passages; read has the whole.',
  input,
  async answer({ max_tokens, ...asked }, { repository, now, boundary }, signal) {
    return repository.use(({ repo, asking }) =>
      asking(async ({ index, notes }) => {
        const { json } = await answerSearch(
          index,
          { ...asked, maxTokens: max_tokens },
          { now: now(), signal },
        );
        const shown = { ...json, notes: [...notes, ...json.notes] };
        const own = boundary();
        const parts = shown.results.map((hit) => part(hit, own));
        return {
          text: retrieved(parts, { boundary: own, notes: shown.notes, cursor: shown.cursor }),
          structured: { repository: repo.path, ...shown },
        };
      }),
    );
  },
};

function part(hit: ShownHit, boundary: string): string {
  const { url, author, updated, ageDays, breadcrumb, snippet, keys, type, match, score, ...same } = hit;
  const item: Item = {
    ...same,
    // The passage is a line of its text, whatever it was.
    ...{ type: 'passage', text: snippet, headings: breadcrumb, match, score },
    ...(keys[0] !== undefined && { key: keys[0] }),
    ...(url !== null && { url }),
    ...(author !== null && { author }),
    ...(updated !== null && { updated }),
    ...(ageDays !== null && { ageDays }),
  };
  return writableItem(item, boundary).write(Number.POSITIVE_INFINITY) ?? '';
}
