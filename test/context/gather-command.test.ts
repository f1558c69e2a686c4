import { describe, expect, test } from 'vitest';
import type { GatheredContext } from '../../src/context/injector.ts';
import { openContextInjector } from '../../src/library/index.ts';
import { documentFile, NOW, writtenRepository } from '../harness/written-repository.ts';
import { writtenFiles } from './known.ts';

const DOCUMENTS = {
  'confluence/ENG/billing.md': documentFile(
    { title: 'How billing works', id: '1', updated: '2026-02-01T10:00:00Z' },
    'Makers get an invoice each month.\n\n## Fees\n\nWe take four percent of what was sold.\n',
  ),
  'jira/ASSIGNED/SHOP-41-invoice.md': documentFile(
    { title: 'Billing shows the wrong month', id: '9', source: 'jira', type: 'ticket', key: 'SHOP-41' },
    'February says January.\n\n## Acceptance criteria\n\n- The month is right.\n',
  ),
  'slack/fern/shop/2026/03/1-billing.md': documentFile(
    {
      title: 'Billing was late',
      id: 'C1-1',
      source: 'slack',
      type: 'thread',
      url: 'https://fern.slack.example/archives/C1/p1',
    },
    '### mina · 2026-03-09 07:32 UTC\n\nBilling was late again.\n',
  ),
};
const MEMORY = { 'state/current_work.yaml': 'task: Payouts on Fridays\n' };

describe('ctx gather', () => {
  test('prints what a prompt needs, and is one with the library', async () => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    writtenFiles(`${repository.root}/memory`, MEMORY);
    const args = [
      'gather',
      'How',
      'does',
      'billing',
      'work?',
      '--boundary',
      'b0undary',
      '--memory',
      '~/memory',
    ];
    const { code, stdout, stderr } = await repository.run(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.match(/^#{1,3} .*$/gm)).toEqual([
      '# Knowledge Context',
      '## Relevant Slack Conversations',
      '### Billing was late',
      '## Related Jira Issues',
      '### SHOP-41 Billing shows the wrong month',
      '## Relevant Documents',
      '### How billing works',
      '## Current Work Context',
      '### current work',
    ]);
    const injector = openContextInjector({
      ...{ repo: repository.path, memory: [`${repository.root}/memory`], boundary: () => 'b0undary' },
      clock: { now: () => NOW, sleep: () => new Promise(() => {}) },
    });
    const { formatted } = await injector.gatherContext({ query: 'How does billing work?' });
    expect(formatted.replaceAll(repository.root, '~')).toBe(stdout.replaceAll(repository.root, '~'));
  });

  test('as JSON tells each source, without those that were not asked', async () => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    const shown = (await repository.json([
      'gather',
      'shop-41',
      '--no-memory',
      '--no-slack',
    ])) as GatheredContext;
    expect(shown).toMatchObject({ query: 'shop-41', totalResults: 1 });
    expect(shown.sources.map(({ source, found, error }) => [source, found, error])).toEqual([
      ['code', false, null],
      ['jira', true, null],
      ['docs', false, null],
    ]);
    expect(shown.sources[1]?.results[0]).toMatchObject({
      key: 'SHOP-41',
      match: 'named',
      path: 'jira/ASSIGNED/SHOP-41-invoice.md',
    });
    expect(shown.formatted).toContain('- The month is right.');
  });

  test('finds nothing: no output, and a word on stderr', async () => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    const { code, stdout, stderr } = await repository.run(['gather', 'zeppelin']);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: 'Nothing was found.\n' });
  });

  test('reads instructions for the folder it runs in, and what Claude remembers of it', async () => {
    await using repository = writtenRepository();
    repository.commit({ ...DOCUMENTS, 'CLAUDE.md': 'Never speak of billing to strangers.\n' });
    const { stdout } = await repository.run(['gather', 'billing']);
    expect(stdout).toContain('Never speak of billing to strangers.');
    expect((await repository.run(['gather', 'billing', '--no-memory'])).stdout).not.toContain(
      '## Current Work',
    );
  });

  test('R5 a secret in memory is not told, unless the configuration lets it stay', async () => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    const secret = 'hunter2-but-longer';
    const file = `${repository.root}/memory/state/current_work.yaml`;
    writtenFiles(`${repository.root}/memory`, {
      'state/current_work.yaml': `task: Payouts\napi_token: ${secret}\n`,
    });
    const sources = 'sources:\n  - { id: notes, type: files, path: ./memory, copy: false }\n';
    const configure = (secrets: string) =>
      writtenFiles(repository.root, {
        '.config/context-sync/.env': '',
        'context.config.yaml': `version: 1\nrepo: { path: ./repo }\n${secrets}${sources}`,
      });
    configure('');
    const gather = ['gather', 'billing', '--config', `${repository.root}/context.config.yaml`];
    const { code, stdout, stderr } = await repository.run(gather);
    expect(code).toBe(0);
    expect(stdout).toContain('- api token: [redacted:token]');
    expect(stderr).toContain(
      `${file.replace(repository.root, '~')}: 1 token redacted; the file still shows them`,
    );
    expect(stdout + stderr).not.toContain(secret);
    const own = openContextInjector({ repo: repository.path, memory: [`${repository.root}/memory`] });
    expect((await own.gatherContext({ query: 'billing' })).formatted).not.toContain(secret);

    configure('secrets: { allow: [{ rule: token, path: "~/memory/**" }] }\n');
    expect((await repository.run(gather)).stdout).toContain(`- api token: ${secret}`);
  });

  test('memory that is not there is told, and the others answer', async () => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    const { code, stdout, stderr } = await repository.run(['gather', 'billing', '--memory', 'nowhere']);
    expect(code).toBe(4);
    expect(stdout).toContain('How billing works');
    expect(stderr).toMatch(/^warning: memory: .*nowhere: nothing is there\./);
  });

  test('refuses what makes no sense', async () => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    for (const args of [
      ['--max-tokens', '10'],
      ['--boundary', 'x'],
      ['--limit', '0'],
      ['--time-limit', 'soon'],
    ])
      expect((await repository.run(['gather', 'billing', ...args])).code, args.join(' ')).toBe(2);
    const { code, stderr } = await repository.run(['gather', 'billing', '-C', '/nowhere']);
    expect(code).toBe(2);
    expect(stderr).toContain('/nowhere');
  });

  test('a library without a repository has an error for each source, and no exception', async () => {
    const injector = openContextInjector({ repo: '/nowhere' });
    const { sources, formatted } = await injector.gatherContext({ query: 'billing', includeMemory: false });
    expect(sources.map(({ error }) => error?.includes('/nowhere'))).toEqual([true, true, true, true]);
    expect(formatted).toBe('');
  });
});
