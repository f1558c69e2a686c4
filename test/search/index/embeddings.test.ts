import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type EmbeddingsServer, embeddingsServer } from '../../harness/embeddings-server.ts';
import { documentFile, type WrittenRepository, writtenRepository } from '../../harness/written-repository.ts';

const DOCUMENTS = {
  'confluence/ENG/billing.md': documentFile(
    { title: 'Invoices', id: '1' },
    'Makers get an invoice each month.\n',
  ),
  'confluence/ENG/barn.md': documentFile({ title: 'The barn', id: '2' }, 'Parcels leave the barn at noon.\n'),
};

/** The configuration of a repository that is searched by an endpoint. */
function configure({ root, path }: WrittenRepository, { url }: EmbeddingsServer, more = ''): string {
  const file = join(root, 'context.config.yaml');
  const source =
    'sources: [{ id: c, type: confluence, url: https://x.example, auth: { token: "$' +
    '{T}" }, spaces: all }]';
  const embeddings = `{ provider: http, url: "${url}", model: m, dimensions: 8${more} }`;
  writeFileSync(
    file,
    `version: 1\nrepo: { path: ${path} }\nsearch: { embeddings: ${embeddings} }\n${source}\n`,
  );
  return file;
}

interface Answer {
  readonly mode: string;
  readonly notes: readonly string[];
  readonly results: readonly { readonly path: string }[];
}

async function searched(repository: WrittenRepository, config: string, ...words: string[]): Promise<Answer> {
  return (await repository.json(['search', ...words, '--config', config])) as Answer;
}

describe('embeddings of an endpoint', () => {
  test('each text is sent once; a changed document alone is sent again', async () => {
    await using repository = writtenRepository();
    await using server = await embeddingsServer();
    const config = configure(repository, server);
    repository.commit(DOCUMENTS);
    expect(await searched(repository, config, 'invoice')).toMatchObject({ mode: 'hybrid', notes: [] });
    const sent = () => server.batches.flat().filter((text) => text !== 'invoice');
    expect(sent()).toHaveLength(2);
    await searched(repository, config, 'invoice');
    expect(sent()).toHaveLength(2);
    repository.commit({
      'confluence/ENG/barn.md': documentFile({ title: 'The barn', id: '2' }, 'It burnt.\n'),
    });
    await searched(repository, config, 'invoice');
    expect(sent()).toHaveLength(3);
    expect(sent().at(-1)).toContain('It burnt.');
  });

  test('by meaning alone, what shares no word is found as well', async () => {
    await using repository = writtenRepository();
    await using server = await embeddingsServer();
    repository.commit(DOCUMENTS);
    const config = configure(repository, server);
    const { mode, results } = await searched(repository, config, 'noon parcels', '--mode', 'semantic');
    expect(mode).toBe('semantic');
    expect(results).toHaveLength(2);
    expect(results[0]?.path).toBe('confluence/ENG/barn.md');
  });

  test.each(['server-error', 'too-short', 'unauthorized'] as const)(
    'that fails (%s), words are searched for, and it is said',
    async (fault) => {
      await using repository = writtenRepository();
      await using server = await embeddingsServer();
      server.faults = [fault];
      repository.commit(DOCUMENTS);
      const answer = await searched(repository, configure(repository, server), 'invoice');
      expect(answer.results.map(({ path }) => path)).toEqual(['confluence/ENG/billing.md']);
      expect(answer.mode).toBe('lexical');
      expect(answer.notes.join('\n')).toContain('No embeddings by m from');
      // What was missing comes as soon as it answers.
      server.faults = [];
      expect(await searched(repository, configure(repository, server), 'invoice')).toMatchObject({
        mode: 'hybrid',
        notes: [],
      });
    },
  );

  test('whose key is not set is not asked, and it is said', async () => {
    await using repository = writtenRepository();
    await using server = await embeddingsServer();
    repository.commit(DOCUMENTS);
    const config = configure(repository, server, ', key: "$' + '{UNSET_KEY}"');
    const { results, notes } = await searched(repository, config, 'invoice');
    expect(results).toHaveLength(1);
    expect(notes.join()).toContain('UNSET_KEY');
    expect(server.batches).toEqual([]);
  });

  test('of another model make the index anew: vectors of two are never compared', async () => {
    await using repository = writtenRepository();
    await using server = await embeddingsServer();
    repository.commit(DOCUMENTS);
    await searched(repository, configure(repository, server), 'invoice');
    const before = server.batches.flat().length;
    await searched(repository, configure(repository, server, ', document_prefix: "doc: "'), 'invoice');
    const after = server.batches.flat().slice(before);
    expect(after.filter((text) => text.startsWith('doc: '))).toHaveLength(2);
    const { results } = (await repository.json(['search', 'invoice'])) as Answer;
    expect(results).toHaveLength(1);
  });
});
