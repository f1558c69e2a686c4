import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { writeMarkdown } from '../../../src/markdown/index.ts';
import { addIssue, configFor, createRepository } from './harness.ts';
import { startSite } from './site.ts';

const folder = fileURLToPath(new URL('../../../../shared/corpus/jira-issues/', import.meta.url));
const isThere = existsSync(folder);
if (!isThere) process.stdout.write(`skipped: no corpus at ${folder}\n`);

interface Recorded {
  readonly id: string;
  readonly key: string;
  readonly fields: Record<string, unknown> & { readonly comment?: { readonly comments: unknown[] } };
}

test.skipIf(!isThere)('every recorded issue is read, with its comments, links and attachments', async () => {
  const site = await startSite();
  const files = readdirSync(folder).filter((name) => /^[A-Z]+-\d+\.json$/.test(name));
  for (const file of files) {
    const { id, key, fields } = JSON.parse(readFileSync(folder + file, 'utf8')) as Recorded;
    const { updated: _, ...rest } = fields;
    addIssue(site, id, key, rest).comments.push(...(fields.comment?.comments ?? []));
  }
  const projects = [...new Set([...site.issues.values()].map(({ project }) => project))].join(', ');
  const repository = createRepository();
  const result = await repository.run(configFor(site, { views: { ALL: `project in (${projects})` } }));
  await site.close();
  expect(result.failed).toEqual([]);
  expect(result.upserts).toHaveLength(files.length);
  for (const [id, { facts, body, attachments: found }] of repository.documents) {
    const recorded = site.issues.get(id);
    const attachments = recorded?.fields.attachment as unknown[];
    expect(facts.fields?.comments ?? 0).toBe(recorded?.comments.length);
    expect(found).toHaveLength(attachments.length);
    expect(writeMarkdown(body).includes('\n## Attachments\n\n- ')).toBe(attachments.length > 0);
  }
});
