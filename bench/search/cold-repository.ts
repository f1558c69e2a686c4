import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeDocument } from '../../src/frontmatter/write.ts';
import type { Passage } from './texts.ts';

/** A context repository of one commit, with a document for each passage; what is not read, its work tree, is not there. */
export function commitDocuments(folder: string, passages: Iterable<Passage>): void {
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', folder]);
  const parts = [
    `commit refs/heads/main\ncommitter ctx <ctx@example.com> 1767225600 +0000\n${data('Build\n')}`,
  ];
  let id = 0;
  for (const passage of passages) {
    id += 1;
    parts.push(`M 100644 inline wiki/${passage.path}\n${data(markdownOf(passage, String(id)))}`);
  }
  execFileSync('git', ['-C', folder, 'fast-import', '--quiet'], { input: parts.join('') });
  mkdirSync(join(folder, '.ctx/state'), { recursive: true });
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function markdownOf({ title, text }: Passage, id: string): string {
  const url = `https://wiki.example/${id}`;
  const facts = { id, source: 'wiki', type: 'page', title, url, updated: '2026-01-01T00:00:00Z' };
  return writeDocument(facts, `# ${title}\n\n${text}\n`);
}
