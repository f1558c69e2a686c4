import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { files as connector } from '../../../src/connectors/files/index.ts';
import { expectContract } from '../../contract/events.ts';
import { put, temporaryFolder } from '../../git/fixture.ts';
import { recordRun } from '../../harness/events.ts';
import { localContext } from '../../harness/local-sources.ts';
import { byId } from '../git/project.ts';

const GRAPH = [
  { type: 'entity', name: 'Ada', entityType: 'person', observations: ['likes engines', 'works in London'] },
  { type: 'entity', name: 'Engine', entityType: 'machine', observations: [] },
  { type: 'relation', from: 'Ada', to: 'Engine', relationType: 'programs' },
  { type: 'relation', from: 'Charles', to: 'Engine', relationType: 'built' },
]
  .map((line) => JSON.stringify(line))
  .join('\n');

let folder: string;
let home: string;

beforeEach(() => {
  const root = temporaryFolder();
  folder = join(root, 'notes');
  home = join(root, 'home');
  mkdirSync(folder);
  mkdirSync(home);
  vi.stubEnv('HOME', home);
});
afterEach(() => vi.unstubAllEnvs());

const write = (name: string, content: string | Buffer) => put(folder, name, content as string);
const source = (more: object = {}) => ({ id: 'notes', type: 'files', path: folder, copy: true, ...more });
const documentsOf = (context: ReturnType<typeof localContext>) => byId(context, 'notes');

describe('a folder of files', () => {
  test('is not copied unless that is asked for, and what was copied goes when it is no more', async () => {
    for (let n = 0; n < 25; n++) write(`n${n}.md`, `# ${n}\n`);
    const context = localContext([source({ copy: false })]);
    const first = await context.build();
    expect(first.errors).toEqual([]);
    expect(first.report.sources[0]).toMatchObject({ status: 'ok', added: 0 });
    expect(documentsOf(context).size).toBe(0);
    await context.build({ sources: [source()] });
    expect(documentsOf(context).size).toBe(25);
    const last = await context.build();
    expect(last.errors).toEqual([]);
    expect(documentsOf(context).size).toBe(0);
  });

  test('is copied as markdown, with links between its files and YAML as data', async () => {
    write(
      'memory/style.md',
      '---\nname: Style\ntags: [code]\n---\nSee [more](../more.md) and [out](../../x.md).\r\n',
    );
    write('more.md', '\uFEFF# More\n\n[back](memory/style.md#a) [other](gone.md)\n');
    write('facts.yaml', 'title: Facts\nlist: [1, two]\n');
    write('.hidden/a.md', '# Hidden\n');
    write('node_modules/a.md', '# Foreign\n');
    write('data.bin', 'x');
    write('session.jsonl', '{"type":"user","text":"hello"}\n');
    const context = localContext([source()]);
    expect((await context.build()).errors).toEqual([]);
    const documents = documentsOf(context);
    expect([...documents].map(([id, { path }]) => `${id} ${path}`).sort()).toEqual([
      'facts.yaml notes/notes/facts-yaml.md',
      'memory/style.md notes/notes/memory/style.md',
      'more.md notes/notes/more.md',
    ]);
    expect(documents.get('memory/style.md')).toMatchObject({
      facts: { title: 'Style', labels: ['code'], url: 'ctx:notes/memory/style.md' },
      body: 'See [more](../more.md) and out.\n',
    });
    expect(documents.get('more.md')?.body).toBe(
      '# More\n\n[back](memory/style.md#a) [other](ctx:notes/gone.md)\n',
    );
    expect(documents.get('facts.yaml')).toMatchObject({
      facts: { title: 'Facts', fields: { front_matter: { title: 'Facts', list: [1, 'two'] } } },
      body: '```yaml\ntitle: Facts\nlist: [1, two]\n```\n',
    });
  });

  test('a second run commits nothing; edits, renames and deletions are seen and equal a build from nothing', async () => {
    for (const name of ['a.md', 'b.md', 'c/d.md']) write(name, `# ${name}\n`);
    const context = localContext([source()]);
    await context.build();
    expect((await context.build()).report.commit).toBeNull();
    write('a.md', '# other\n');
    rmSync(join(folder, 'b.md'));
    write('c/e.md', '# c/d.md\n');
    const { changes } = await context.build();
    expect(changes.map(({ kind, path }) => `${kind} ${path}`).sort()).toEqual([
      'added notes/notes/c/e.md',
      'deleted notes/notes/b.md',
      'modified notes/notes/a.md',
    ]);
    expect(context.documents()).toEqual(await context.fresh());
    await context.build({ sources: [source({ exclude: ['c/**'] })] });
    expect([...documentsOf(context).keys()]).toEqual(['a.md']);
  });

  test('that is gone, or a file of it that may not be read, keeps what is in the repository', async () => {
    write('a.md', '# A\n');
    write('b.md', '# B\n');
    const context = localContext([source()]);
    await context.build();
    const before = context.documents();
    const gone = await context.build({ sources: [source({ path: `${folder}-gone` })] });
    expect(gone.errors.map(({ code }) => code)).toEqual(['files.not-found']);
    expect(context.documents()).toEqual(before);
    if (process.getuid?.() === 0) return;
    chmodSync(join(folder, 'a.md'), 0);
    const hidden = await context.build();
    expect(hidden.report.sources[0]).toMatchObject({ status: 'partial', failed: 1, deleted: 0 });
    expect(context.documents()).toEqual(before);
  });

  test('links to elsewhere are not followed; what is no text or too large is told', async () => {
    write('a.md', '# A\n');
    write('zero.md', Buffer.from([0, 1]));
    write('large.md', 'x'.repeat(1024 * 1024 + 1));
    symlinkSync('/etc/passwd', join(folder, 'link.md'));
    symlinkSync('/etc', join(folder, 'etc'));
    const context = localContext([source({ include: ['**'] })]);
    await context.build();
    expect([...documentsOf(context).keys()]).toEqual(['a.md']);
    expect(context.lines.join('\n')).toMatch(
      /large\.md is left out: it is larger than 1 MB[\s\S]*zero\.md is left out: it is no text/,
    );
  });

  test('events obey the contract', async () => {
    write('a.md', '# A\n');
    write('b.md', '# B\n');
    const config = {
      id: 'notes',
      type: 'files' as const,
      path: folder,
      copy: true,
      include: ['**'],
      exclude: [],
      optional: false,
    };
    const first = await recordRun(connector, config);
    expectContract(connector.model('notes'), first);
    write('a.md', '# C\n');
    rmSync(join(folder, 'b.md'));
    const second = await recordRun(connector, config, first);
    expectContract(connector.model('notes'), second, first);
    expect([...second.documents.keys()]).toEqual(['a.md']);
  });
});

describe('memory', () => {
  test('of an MCP server is one document that people can read', async () => {
    write('memory.jsonl', `${GRAPH}\nbroken\n`);
    const context = localContext([source()]);
    await context.build();
    expect(documentsOf(context).get('memory.jsonl')).toMatchObject({
      facts: { type: 'memory', fields: { entities: 2, relations: 2 } },
      body: '## Ada\n\n`person`\n\n- likes engines\n- works in London\n- → **programs** Engine\n\n## Engine\n\n`machine`\n\n## Charles\n\n- → **built** Engine\n',
    });
  });

  test('instructions show what they import: of the folder and of .claude at home, and nothing else', async () => {
    put(home, '.claude/mine.md', '# Mine\n\n@~/.claude/deeper.md @~/.ssh/id_rsa\n');
    put(home, '.claude/deeper.md', 'Deeper still.\n');
    put(home, '.ssh/id_rsa', 'PRIVATE\n');
    symlinkSync(join(home, '.ssh/id_rsa'), join(home, '.claude/link.md'));
    symlinkSync(join(home, '.ssh/id_rsa'), join(folder, 'link.md'));
    put(folder, '../outside.md', 'PRIVATE\n');
    write('docs/style.md', '# Style\n\nSee @../CLAUDE.md and [x](more.md).\n');
    write(
      'CLAUDE.md',
      'Read @docs/style.md, @missing.md and @someone.\n\n- @~/.claude/mine.md\n- @~/.claude/link.md @link.md @../outside.md @/etc/hostname\n\n`@docs/code.md`\n',
    );
    write('docs/code.md', 'in code\n');
    const context = localContext([source()]);
    await context.build();
    const own = documentsOf(context).get('CLAUDE.md');
    expect(own?.facts.fields).toMatchObject({
      imports: ['docs/style.md', '~/.claude/mine.md', '~/.claude/deeper.md'],
    });
    expect(own?.body).toContain(
      '## docs/style.md\n\n### Style\n\nSee @../CLAUDE.md and [x](ctx:notes/docs/more.md).\n\n## ~/.claude/mine.md\n\n### Mine',
    );
    expect(own?.body).toContain('Deeper still.');
    expect([...context.documents().values()].join()).not.toContain('PRIVATE');
    put(home, '.claude/deeper.md', 'Deeper than before.\n');
    await context.build();
    expect(documentsOf(context).get('CLAUDE.md')?.body).toContain('Deeper than before.');
  });

  test('of Claude is read where it keeps it', async () => {
    put(home, '.claude/projects/-home-ada-shop/memory/MEMORY.md', '# Memory\n\n- [Style](style.md)\n');
    put(home, '.claude/projects/-home-ada-shop/memory/style.md', '# Style\n');
    put(home, '.claude/projects/-home-ada-shop/session.jsonl', '{"type":"user"}\n');
    const path = join(home, '.claude/projects');
    const context = localContext([source({ path, include: ['*/memory/*.md'] })]);
    await context.build();
    const documents = documentsOf(context);
    expect([...documents.values()].map(({ path: at }) => at).sort()).toEqual([
      'notes/projects/home-ada-shop/memory/memory-memory.md',
      'notes/projects/home-ada-shop/memory/style.md',
    ]);
    expect(documents.get('-home-ada-shop/memory/MEMORY.md')?.body).toContain('[Style](style.md)');
  });
});
