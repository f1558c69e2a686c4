import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { git as connector } from '../../../src/connectors/git/index.ts';
import { expectContract } from '../../contract/events.ts';
import { recordRun } from '../../harness/events.ts';
import { localContext } from '../../harness/local-sources.ts';
import { byId, project, served } from './project.ts';

const DOCUMENTS = {
  'README.md':
    '# The shop\n\nSee [the guide](docs/guide.md#setup), [the code](src/main.ts) and ![logo](docs/logo.png).\n',
  'docs/guide.md':
    '---\ntitle: Guide to it\nstatus: accepted\ntags: [ops]\n---\n# Guide\n\n## Setup\n\nBack [up](../README.md), [here](.), [top](/).\n',
  'docs/notes.rst': 'Notes\n=====\n\n* a\n',
  'docs/README.md': '# Docs\n',
  'docs/logo.png': Buffer.from([0x89, 0x50, 0, 0]),
  'src/main.ts': 'export {};\n',
  'node_modules/x/README.md': '# No\n',
};
const local = (path: string, more: object = {}) => ({ id: 'code', type: 'git', path, ...more });
/** As a configuration has it. */
const VARIABLE = `\${T}`;
const GITHUB = { url: 'https://github.com/acme/shop' };

describe('documents', () => {
  test('stand where the repository has them, with who made and last changed them, and lead to each other', async () => {
    const { path, commit, git: run } = project(DOCUMENTS);
    commit(
      { 'docs/guide.md': `${DOCUMENTS['docs/guide.md']}\nMore.\n` },
      { author: 'Grace', date: '2026-02-03T04:05:06Z' },
    );
    const context = localContext([local(path, GITHUB)]);
    const { report, errors } = await context.build();
    expect(errors).toEqual([]);
    expect(report.sources[0]).toMatchObject({ status: 'ok', added: 4 });
    const documents = byId(context);
    expect([...documents].map(([id, { path: at }]) => `${id} ${at}`).sort()).toEqual([
      'README.md code/shop/shop-readme.md',
      'docs/README.md code/shop/docs/docs-readme.md',
      'docs/guide.md code/shop/docs/guide.md',
      'docs/notes.rst code/shop/docs/notes-rst.md',
    ]);
    const guide = documents.get('docs/guide.md');
    expect(guide?.facts).toMatchObject({
      type: 'file',
      title: 'Guide to it',
      url: 'https://github.com/acme/shop/blob/main/docs/guide.md',
      status: 'accepted',
      labels: ['ops'],
      created: '2026-01-01T00:00:00.000Z',
      updated: '2026-02-03T04:05:06.000Z',
      author: 'Ada',
      editor: 'Grace',
      fields: {
        repository: 'shop',
        branch: 'main',
        commit: run('rev-parse', 'HEAD').trim(),
        blob: run('rev-parse', 'HEAD:docs/guide.md').trim(),
        front_matter: { title: 'Guide to it', status: 'accepted', tags: ['ops'] },
      },
    });
    expect(guide?.body).toContain(
      'Back [up](../shop-readme.md), [here](docs-readme.md), [top](https://github.com/acme/shop/blob/main/)',
    );
    const readme = documents.get('README.md')?.body;
    expect(readme).toContain('[the guide](docs/guide.md#setup)');
    expect(readme).toContain('[the code](https://github.com/acme/shop/blob/main/src/main.ts)');
    expect(readme).toContain('![logo](https://github.com/acme/shop/raw/main/docs/logo.png)');
    expect(documents.get('docs/notes.rst')).toMatchObject({ body: '```rst\nNotes\n=====\n\n* a\n```\n' });
    expect(documents.get('docs/notes.rst')?.facts.title).toBe('Notes');
  });

  test('without an address on the web lead to each other all the same', async () => {
    const { path } = project({ 'a.md': '[b](b/c.md#x) [code](x.ts)\n', 'b/c.md': '[a](../a.md)\n' });
    const context = localContext([local(path, { documents: ['**/*.md'] })]);
    await context.build();
    const documents = byId(context);
    expect(documents.get('a.md')).toMatchObject({
      facts: { url: 'ctx:code/a.md' },
      body: '[b](b/c.md#x) [code](ctx:code/x.ts)\n',
    });
    expect(documents.get('b/c.md')?.body).toBe('[a](../a.md)\n');
  });

  test('that differ by case alone, or by what ends them, have files of their own on any system', async () => {
    const { path, git: run } = project({ 'x.md': 'x\n' });
    const blob = run('rev-parse', 'HEAD:x.md').trim();
    for (const name of [
      'docs/Api.md',
      'docs/api.md',
      'docs/api.rst',
      'Docs/api.md',
      'docs/con.md',
      'docs/ünï.md',
    ])
      run('update-index', '--add', '--cacheinfo', `100644,${blob},${name}`);
    run('-c', 'core.fsmonitor=', 'commit', '--quiet', '-m', 'names');
    const context = localContext([local(path, { documents: ['{d,D}ocs/**'] })]);
    const { report } = await context.build();
    expect(report.sources[0]).toMatchObject({ added: 6 });
    const paths = [...byId(context).values()].map(({ path: at }) => at.normalize('NFKC').toLowerCase());
    expect(new Set(paths).size).toBe(6);
  });
});

describe('a next run', () => {
  test('commits nothing without a commit, and takes only what a commit changed', async () => {
    const { path, commit } = project(DOCUMENTS);
    const context = localContext([local(path, GITHUB)]);
    await context.build();
    const head = context.git('rev-parse', 'HEAD');
    expect((await context.build()).report.commit).toBeNull();
    expect((await context.build({ full: true })).report.commit).toBeNull();
    commit({ 'src/main.ts': 'export const a = 1;\n' });
    expect((await context.build()).report.commit).toBeNull();
    expect(context.git('rev-parse', 'HEAD')).toBe(head);
    commit({ 'docs/guide.md': '# Guide\n\nNew.\n', 'docs/notes.rst': null, 'docs/new.md': '# New\n' });
    const { changes } = await context.build();
    expect(changes.map(({ kind, path: at }) => `${kind} ${at}`).sort()).toEqual([
      'added code/shop/docs/new.md',
      'deleted code/shop/docs/notes-rst.md',
      'modified code/shop/docs/guide.md',
    ]);
    expect(context.documents()).toEqual(await context.fresh());
  });

  test('R3 after a history that was written anew is a build from nothing', async () => {
    const { path, commit, git: run } = project(DOCUMENTS);
    const context = localContext([local(path)]);
    await context.build();
    run(
      '-c',
      'user.name=Else',
      '-c',
      'user.email=e@b.test',
      'commit',
      '--quiet',
      '--amend',
      '--reset-author',
      '-m',
      'Other',
      '--date=2020-01-01T00:00:00Z',
    );
    commit({ 'docs/guide.md': '# Other\n' });
    await context.build();
    expect(context.documents()).toEqual(await context.fresh());
    expect(byId(context).get('README.md')?.facts.author).toBe('Else');
  });

  test('events obey the contract', async () => {
    const { path, commit } = project(DOCUMENTS);
    const config = { id: 'code', type: 'git' as const, path, exclude: [], optional: false };
    const first = await recordRun(connector, config);
    expectContract(connector.model('code'), first);
    const second = await recordRun(connector, config, first);
    expectContract(connector.model('code'), second, first);
    expect(second.events.map(({ type }) => type)).not.toContain('upsert');
    commit({ 'docs/guide.md': null, 'README.md': '# Other\n' });
    const third = await recordRun(connector, config, second);
    expectContract(connector.model('code'), third, second);
    expect(third.documents.has('docs/guide.md')).toBe(false);
  });
});

describe('what is no document', () => {
  test('is left out and told: what is no text, too large, a link, a submodule, a name that is no text', async () => {
    const { path, git: run } = project({
      'docs/a.md': Buffer.from([0x23, 0x20, 0xe9, 0x0d, 0x0a]),
      'docs/bom.md': '\uFEFF# Mark\r\n\r\ntext\r\n',
      'docs/wide.txt': Buffer.from('\uFEFF# Wide\n', 'utf16le'),
      'docs/binary.txt': Buffer.from([1, 0, 2]),
      'docs/large.md': 'x'.repeat(1024 * 1024 + 1),
      'docs/js.md': '---js\nprocess.exit(1)\n---\n\ntext\n',
      'docs/tag.md': '---\n!!js/function "process.exit(1)": 1\n---\n\ntext\n',
      'docs/empty.md': '',
    });
    symlinkSync('/etc/passwd', join(path, 'docs/link.md'));
    run('add', 'docs/link.md');
    run('update-index', '--add', '--cacheinfo', `160000,${run('rev-parse', 'HEAD').trim()},docs/sub.md`);
    run('commit', '--quiet', '-m', 'link');
    writeFileSync(join(path, '.git/hooks/post-checkout'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const context = localContext([local(path)]);
    const { errors } = await context.build();
    expect(errors).toEqual([]);
    const documents = byId(context);
    expect([...documents.keys()].sort()).toEqual(
      ['docs/a.md', 'docs/bom.md', 'docs/empty.md', 'docs/js.md', 'docs/tag.md', 'docs/wide.txt'].sort(),
    );
    expect(documents.get('docs/a.md')?.body).toBe('# é\n');
    expect(documents.get('docs/bom.md')?.body).toBe('# Mark\n\ntext\n');
    expect(documents.get('docs/wide.txt')?.body).toBe('```\n# Wide\n```\n');
    expect(context.lines.join('\n')).toMatch(/binary\.txt is left out: it is no text/);
    expect(context.lines.join('\n')).toMatch(/large\.md is left out: it is larger than 1 MB/);
    expect((await context.build()).report.commit).toBeNull();
  });
});

describe('a repository elsewhere', () => {
  test('is read with a token, which is told nobody; one that is refused changes nothing', async () => {
    const token = 'ghp_abcdefghijklmnopqrstuvwxyz0123456789';
    const { remote } = await served(DOCUMENTS, `bot:${token}`);
    const source = (password: string) => ({
      id: 'code',
      type: 'git',
      remote,
      auth: { username: 'bot', token: password },
    });
    // In a configuration it is a variable.
    const { configSchema } = await import('../../../src/config/schema.ts');
    const shape = { version: 1, repo: { path: '/tmp/x' }, sources: [source(token)] };
    expect(configSchema.safeParse(shape).success).toBe(false);
    const context = localContext(
      [{ id: 'code', type: 'git', remote, auth: { username: 'bot', token: VARIABLE } }],
      {
        T: token,
      },
    );
    expect((await context.build()).errors).toEqual([]);
    const before = context.files();
    expect(before.size).toBeGreaterThan(4);
    const refused = localContext(
      [{ id: 'code', type: 'git', remote, auth: { username: 'bot', token: VARIABLE } }],
      {
        T: 'wrong-one-altogether',
      },
    );
    const { errors } = await refused.build({ path: context.path });
    expect(errors.map(({ kind }) => kind)).toEqual(['credentials']);
    expect(errors.join()).not.toContain('wrong-one');
    expect(context.files()).toEqual(before);
    expect([...before.values()].join() + context.lines.join()).not.toContain(token);
  });
});

test('a wiki: its pages are called by name, and lead to each other as it writes it', async () => {
  const { path, git: run } = project({
    'Home.md':
      'See [[Set Up]], [[how it works|guides/Inner-Page]], [[Set Up#Step One]] and `[[code]]`.\n\n```\n[[more]]\n```\n',
    'Set-Up.md':
      '# Any heading\n\n[home](Home) and [inner](https://github.com/acme/shop/wiki/Inner-Page) [w](https://github.com/acme/shop/wiki)\n',
    'guides/Inner-Page.md': '[[Nowhere]] [[https://a.test/|x]]\n',
    '_Sidebar.md': '[[Home]]\n',
  });
  run('remote', 'add', 'origin', 'https://github.com/acme/shop.wiki.git');
  const context = localContext([{ id: 'wiki', type: 'git', path }]);
  await context.build();
  const documents = byId(context, 'wiki');
  expect([...documents].map(([, { path: at, facts }]) => `${at} ${facts.title} ${facts.url}`).sort()).toEqual(
    [
      'wiki/shop-wiki/guides/inner-page.md Inner Page https://github.com/acme/shop/wiki/Inner-Page',
      'wiki/shop-wiki/set-up.md Set Up https://github.com/acme/shop/wiki/Set-Up',
      'wiki/shop-wiki/shop-wiki-home.md Home https://github.com/acme/shop/wiki/Home',
    ],
  );
  expect(documents.get('Home.md')?.body).toBe(
    'See [Set Up](set-up.md), [how it works](guides/inner-page.md), [Set Up#Step One](set-up.md#step-one) and `[[code]]`.\n\n```\n[[more]]\n```\n',
  );
  expect(documents.get('Set-Up.md')?.body).toContain(
    '[home](shop-wiki-home.md) and [inner](guides/inner-page.md) [w](shop-wiki-home.md)',
  );
  expect(documents.get('guides/Inner-Page.md')?.body).toContain(
    '[Nowhere](https://github.com/acme/shop/wiki/Nowhere)',
  );
});
