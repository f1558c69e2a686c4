import { escapeHtml } from './html/escape.ts';
import { blockHtml, type Flow } from './nodes.ts';

/** Content behind a title: GitHub folds it, and it reads in order as text. */
export function details(summary: string, content: readonly Flow[]): Flow[] {
  const title = summary.replace(/\s+/g, ' ').trim() || 'Details';
  const begin = blockHtml(`<details>\n<summary>${escapeHtml(title)}</summary>`, title);
  return [begin, ...content, blockHtml('</details>')];
}
