import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { git } from '../../git/fixture.ts';
import { localContext } from '../../harness/local-sources.ts';
import { replayed } from '../../harness/replay.ts';
import { byId, project, served } from './project.ts';

const DOCUMENTS = { 'README.md': '# The shop\n', 'docs/guide.md': '# Guide\n' };
const local = (path: string, more: object = {}) => ({ id: 'code', type: 'git', path, ...more });

describe('documents that go', () => {
  test('R6 takes files that moved for moved, holds back what vanished, and what is excluded goes', async () => {
    const many = (folder: string) =>
      Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`${folder}/d${n}.md`, `# ${n}\n`]));
    const { path, commit, git: run } = project({ ...many('docs'), 'README.md': '# R\n' });
    const context = localContext([local(path)]);
    await context.build();
    run('mv', 'docs', 'doc');
    commit({});
    const moved = await context.build();
    expect(moved.errors).toEqual([]);
    expect(byId(context).has('doc/d3.md')).toBe(true);
    run('rm', '-r', '--quiet', 'doc');
    commit({});
    const vanished = await context.build();
    expect(vanished.errors.map(({ code }) => code)).toEqual(['build.mass-deletion']);
    expect(byId(context).size).toBe(26);
    await context.buildConfirming();
    expect([...byId(context).keys()]).toEqual(['README.md']);
    commit({ 'CHANGELOG.md': '# C\n' });
    await context.build();
    await context.build({ sources: [local(path, { exclude: ['README*'] })] });
    expect([...byId(context).keys()]).toEqual(['CHANGELOG.md']);
  });
});

describe('a repository elsewhere', () => {
  test('that loses its branch, is gone or empty keeps its documents', async () => {
    const { bare, remote, git: run, commit } = await served(DOCUMENTS);
    const context = localContext([{ id: 'code', type: 'git', remote }]);
    await context.build();
    const before = context.documents();
    git(bare, 'update-ref', '-d', 'refs/heads/main');
    const lost = await context.build();
    expect(lost.errors.map(({ code }) => code)).toEqual(['repository.no-branch']);
    expect(lost.report.sources[0]?.status).toBe('failed');
    expect(context.documents()).toEqual(before);
    commit({ 'docs/more.md': '# More\n' });
    run('push', '--quiet', 'origin', 'main');
    expect((await context.build()).errors).toEqual([]);
    expect(byId(context).has('docs/more.md')).toBe(true);
    expect(context.documents()).toEqual(await context.fresh());
    const nowhere = localContext([{ id: 'code', type: 'git', remote: 'http://127.0.0.1:9/shop.git' }]);
    const gone = await nowhere.build({ path: context.path });
    expect(gone.errors.map(({ code }) => code)).toEqual(['git.remote-unreachable']);
    expect(byId(context).has('docs/more.md')).toBe(true);
  });
});

const NAMES = [
  'README.md',
  'docs/a.md',
  'docs/b.md',
  'docs/A.md',
  'docs/deep/er/c.md',
  'doc/a.md',
  'adr/0001-x.md',
  'src/x.ts',
  'CHANGELOG.md',
];

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      name: fc.constantFrom(...NAMES),
      n: fc.nat(4),
      to: fc.constantFrom(...NAMES),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('remove' as const), name: fc.constantFrom(...NAMES) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      name: fc.constantFrom(...NAMES),
      to: fc.constantFrom(...NAMES),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rewrite' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('branch' as const),
      name: fc.constantFrom(...NAMES),
      n: fc.nat(4),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('build' as const) }) },
);

test.each(['path', 'remote'])(
  'R3 any runs over a %s make what one run makes',
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
        const own = kind === 'path' ? { ...project(DOCUMENTS), remote: '' } : await served(DOCUMENTS);
        const { path, remote, commit, git: run } = own;
        const source = kind === 'path' ? local(path) : { id: 'code', type: 'git', remote };
        const context = localContext([source]);
        const files = () =>
          run('ls-files')
            .split('\n')
            .filter((name) => name !== '');
        const text = (name: string, n: number) =>
          `# ${name} ${n}\n\n[next](/${NAMES[n]}) [beside](./${NAMES[n]?.split('/').at(-1)})\n`;
        const build = async () => {
          if (kind === 'remote') run('push', '--quiet', '--force', 'origin', 'main');
          const { errors } = await context.buildConfirming();
          expect(errors).toEqual([]);
        };
        await build();
        let author = 0;
        for (const each of steps) {
          const who = { author: `Author ${author++ % 3}` };
          if (each.kind === 'build') await build();
          else if (each.kind === 'write') commit({ [each.name]: text(each.to, each.n) }, who);
          else if (each.kind === 'remove') {
            if (files().includes(each.name) && files().length > 1) commit({ [each.name]: null }, who);
          } else if (each.kind === 'move') {
            if (files().includes(each.name) && !files().includes(each.to)) {
              const content = run('show', `HEAD:${each.name}`);
              commit({ [each.name]: null, [each.to]: content }, who);
            }
          } else if (each.kind === 'rewrite') {
            const who = ['-c', 'user.name=Rewriter', '-c', 'user.email=r@b.test'];
            run(...who, 'commit', '--quiet', '--amend', '--allow-empty', '--reset-author', '-m', 'Again');
          } else {
            run('switch', '--quiet', '-c', 'side');
            commit({ [each.name]: text('side', each.n) }, who);
            run('switch', '--quiet', 'main');
            commit({ 'other.txt': `${author}` }, who);
            run('merge', '--quiet', '--no-edit', '-X', 'theirs', 'side');
            run('branch', '--quiet', '-D', 'side');
          }
        }
        await build();
        const documents = context.documents();
        expect(documents).toEqual(await context.fresh());
        expect((await context.build({ full: true })).report.commit).toBeNull();
      }),
      replayed({ runs: 6 }),
    );
  },
  600_000,
);
