import { z } from 'zod';
import { answerRelated, type RelatedDocument } from '../../answers/related.ts';
import { asLine } from '../../context/format/untrusted.ts';
import { cursor, limit, maxTokens, name } from '../input.ts';
import { pathOfResource } from '../resource-address.ts';
import { enclosed, retrieved } from '../retrieved.ts';
import type { Tool } from '../tool.ts';

const input = z.object({
  document: name.describe('Path, key, id or URL'),
  limit: limit(100, 20),
  cursor,
  max_tokens: maxTokens(4_000),
});

export const relatedTool: Tool<typeof input> = {
  name: 'related',
  title: 'Related documents',
  description:
    'What a document links to or mentions, what links to or mentions it, its parent, children, siblings, and what is like it.',
  input,
  waysOut: { 'history.unknown-document': 'The tool search finds it by its words.' },
  async answer({ document, max_tokens, ...asked }, { repository, now, boundary }, signal) {
    return repository.use(({ repo, asking }) =>
      asking(async ({ index, notes }) => {
        const found = await answerRelated(
          { repo, cwd: repo.path, index },
          { ...asked, document: pathOfResource(document) ?? document, maxTokens: max_tokens },
          { now: now(), signal },
        );
        const page = { ...found, notes: [...notes, ...found.notes] };
        const own = boundary();
        const lines = page.results.map((each) => line(each, own));
        return {
          text: retrieved(lines.length === 0 ? [] : [enclosed(lines.join('\n'), own)], {
            ...{ boundary: own, notes: page.notes, cursor: page.cursor },
          }),
          structured: { repository: repo.path, ...page },
        };
      }),
    );
  },
};

function line({ relations, title, type, path, updated }: RelatedDocument, boundary: string): string {
  const [name, place] = [asLine(title, boundary), asLine(path, boundary)];
  const date = updated === null ? '' : `, ${asLine(updated, boundary).slice(0, 10)}`;
  return `- ${relations.join(', ')}: ${name} (${asLine(type, boundary)}${date})\n  ${place}`;
}
