import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writtenFiles } from '../context/known.ts';
import { git } from '../harness/git.ts';
import { commitFiles, type WrittenRepository, writtenRepository } from '../harness/written-repository.ts';
import { call, whileServed } from '../mcp/serving.ts';

const FILE = `// Fees of the shop.\n\n${'// A line.\n'.repeat(3)}export function rounding(sum: number) {\n  return Math.floor(sum);\n}\n`;

function project(repository: WrittenRepository, origin?: string): { folder: string; commit: string } {
  const folder = join(repository.root, 'shop');
  mkdirSync(folder);
  git(folder, ['init', '--quiet', '--initial-branch=main']);
  if (origin !== undefined) git(folder, ['remote', 'add', 'origin', origin]);
  return { folder, commit: commitFiles(folder, { 'src/the fees.ts': FILE }) };
}

const searchFor = async (repository: WrittenRepository): Promise<string | null> => {
  const found = (await repository.json(['search', 'rounding'])) as { results: { url: string | null }[] };
  return found.results[0]?.url ?? null;
};

test('code has the address of its lines in the commit, wherever it is asked for', async () => {
  await using repository = writtenRepository();
  const { folder, commit } = project(repository, 'git@github.com:acme/shop.git');
  await repository.run(['index', '--code', folder]);
  const url = `https://github.com/acme/shop/blob/${commit}/src/the%20fees.ts#L1-L8`;
  expect(await searchFor(repository)).toBe(url);
  expect((await repository.run(['search', 'rounding'])).stdout).toContain(`\n  ${url}\n`);
  const gathered = await repository.run(['gather', 'How does rounding work?', '--no-memory']);
  expect(gathered.stdout).toContain(`\n- url: ${url}\n`);
  await whileServed(repository, async (client) => {
    const { structured } = await call(client, 'search', { query: 'rounding' });
    expect(structured.results).toMatchObject([{ url }]);
    const { messages } = await client.getPrompt({ name: 'gather', arguments: { query: 'rounding' } });
    expect(JSON.stringify(messages)).toContain(url);
  });
  // The next commit, without telling the index anything.
  const next = commitFiles(folder, { 'other.txt': 'Nothing of it.\n' });
  expect(await searchFor(repository)).toBe(url.replace(commit, next));
});

test('where the configuration says it is shown, and nowhere else', async () => {
  await using repository = writtenRepository();
  const { commit } = project(repository, 'https://ada:secret@git.acme.example/shop.git');
  const configure = (more: string) =>
    writtenFiles(repository.root, {
      'context.config.yaml': `version: 1\nrepo: { path: ./repo }\nsources: [{ id: code, type: git, path: ./shop${more} }]\n`,
    });
  const index = ['index', '--config', join(repository.root, 'context.config.yaml')];
  configure('');
  await repository.run(index);
  expect(await searchFor(repository)).toBeNull();
  configure(', url: "https://gitlab.acme.example/team/shop"');
  await repository.run(index);
  expect(await searchFor(repository)).toBe(
    `https://gitlab.acme.example/team/shop/-/blob/${commit}/src/the%20fees.ts#L1-8`,
  );
});
