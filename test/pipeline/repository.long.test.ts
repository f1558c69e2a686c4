import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startContext } from '../harness/context.ts';
import { morningOf } from '../harness/small-workspace.ts';

describe('local edits', () => {
  test('files of a person stay: committed, staged, changed and untracked', async () => {
    await using context = await startContext();
    await context.build();
    const write = async (name: string, text: string) => {
      await mkdir(join(context.path, 'notes'), { recursive: true });
      await writeFile(join(context.path, 'notes', name), text);
    };
    await write('committed.md', 'one\n');
    await write('changed.md', 'one\n');
    context.git('add', 'notes');
    context.git('-c', 'user.name=A', '-c', 'user.email=a@b', 'commit', '-qm', 'Notes');
    await write('changed.md', 'two\n');
    await write('staged.md', 'one\n');
    context.git('add', 'notes/staged.md');
    await write('untracked.md', 'one\n');
    const status = context.git('status', '--porcelain');
    morningOf(context.workspace);
    expect((await context.build()).report.commit).not.toBeNull();
    expect(context.git('status', '--porcelain')).toBe(status);
    expect(await readFile(join(context.path, 'notes/changed.md'), 'utf8')).toBe('two\n');
    expect([...context.files().keys()].filter((path) => path.startsWith('notes/'))).toEqual([
      'notes/changed.md',
      'notes/committed.md',
    ]);
  });
});

describe('generated files', () => {
  test("a person's own AGENTS.md is left alone", async () => {
    await using context = await startContext();
    await context.build();
    await writeFile(join(context.path, 'AGENTS.md'), '# Our own\n');
    context.git('-c', 'user.name=A', '-c', 'user.email=a@b', 'commit', '-qam', 'Our own words');
    morningOf(context.workspace);
    await context.build();
    expect(context.files().get('AGENTS.md')).toBe('# Our own\n');
    expect(context.git('status', '--porcelain')).toBe('');
  });

  test('the index of a folder goes with its last document', async () => {
    await using context = await startContext({
      sources: ['confluence'],
      confluence: { spaces: ['ENG', 'OPS'] },
    });
    await context.build();
    expect([...context.files().keys()]).toContain('confluence/OPS/INDEX.md');
    await context.buildConfirming({ confluence: { spaces: ['ENG'] } });
    expect([...context.files().keys()].filter((path) => path.startsWith('confluence/OPS'))).toEqual([]);
    expect(context.files().get('INDEX.md')).not.toContain('OPS');
  });
});

describe('a commit', () => {
  test('is not made when nothing changed, and a dry run makes none and writes nothing', async () => {
    await using context = await startContext();
    const first = await context.build({ dryRun: true });
    expect(first.report.commit).toBeNull();
    expect(first.changes.length).toBeGreaterThan(5);
    expect(context.git('status', '--porcelain')).toBe('');
    await context.build();
    const head = context.git('rev-parse', 'HEAD');
    morningOf(context.workspace);
    const dry = await context.build({ dryRun: true });
    expect(context.git('rev-parse', 'HEAD')).toBe(head);
    expect(context.git('status', '--porcelain')).toBe('');
    const real = await context.build();
    expect(dry.changes).toEqual(real.changes);
  });
});
