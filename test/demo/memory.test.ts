import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { companyMemory } from '../../src/demo/memory/company.ts';
import { companyWorkspace } from '../../src/demo/workspace/company.ts';
import { findIssue } from '../../src/demo/workspace/edits.ts';
import { readImports } from '../../src/memory/imports.ts';
import { readKnowledgeGraph } from '../../src/memory/knowledge-graph.ts';

const memory = companyMemory();

test('the current work is that of a ticket that its owner has in progress', () => {
  const work = parse(memory['state/current_work.yaml'] ?? '');
  const issue = findIssue(companyWorkspace(), work.ticket);
  expect(issue).toMatchObject({ statusName: 'In Progress', assigneeId: companyWorkspace().accountId });
  expect(work.title).toBe(issue?.summary.replaceAll('’', "'"));
  expect(work.next).toHaveLength(2);
});

test('what was learned names tickets that are there', () => {
  const learned = Object.entries(memory).filter(([path]) => path.startsWith('learned/'));
  expect(learned.length).toBeGreaterThan(1);
  for (const [path, text] of learned) {
    expect(parse(text).learned, path).not.toHaveLength(0);
    for (const key of text.match(/\b(?:SHOP|OPS)-\d+/g) ?? [])
      expect(findIssue(companyWorkspace(), key), key).toBeDefined();
  }
});

test('the instructions import a file of the folder', async () => {
  const read = async (written: string, from: string) => {
    const path = posix.join(posix.dirname(from), written);
    const text = memory[path];
    return text === undefined ? undefined : { path, text };
  };
  const found = await readImports(memory['CLAUDE.md'] ?? '', { path: 'CLAUDE.md', read });
  expect(found.map(({ path }) => path)).toEqual(['notes/style.md']);
});

test('the memory of an MCP server has one line that was cut off', () => {
  const graph = readKnowledgeGraph(memory['memory.jsonl'] ?? '');
  expect(graph?.unread).toBe(1);
  expect(graph?.entities.map(({ name }) => name)).toContain('Billing');
  expect(graph?.relations).toHaveLength(2);
});
