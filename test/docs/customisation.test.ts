import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { parse } from 'yaml';
import { commandLine } from '../../src/cli/program/command-line.ts';
import { loadConfig } from '../../src/config/load.ts';
import { git, type Machine, newMachine } from '../e2e/machine.ts';

const page = readFileSync(new URL('../../docs/guide/customisation.md', import.meta.url), 'utf8');
const blocks = (language: string) =>
  Array.from(
    page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm')),
    ([, text = '']) => text,
  );
const written = blocks('yaml').map((text) => {
  const [, file = '', rest = ''] = /^# (\S+)\n([\s\S]*)$/.exec(text) ?? [];
  return { file, text: rest };
});
const configurations = written.filter(({ file }) => file === 'context.config.yaml').map(({ text }) => text);
const TOKENS = [
  'CONFLUENCE_USERNAME',
  'CONFLUENCE_API_TOKEN',
  'JIRA_USERNAME',
  'JIRA_API_TOKEN',
  'INDEX_PASSWORD',
];

async function machine(): Promise<Machine> {
  const made = await newMachine();
  onTestFinished(() => made[Symbol.asyncDispose]());
  return made;
}

/** A part of a configuration with what is not shown of it. */
function whole(part: string): string {
  const { version, repo, sources } = parse(part) as Record<string, unknown>;
  return [
    version === undefined ? 'version: 1\n' : '',
    repo === undefined ? 'repo: { path: ./repo }\n' : '',
    part,
    sources === undefined ? 'sources: [{ id: notes, type: files, path: ./notes }]\n' : '',
  ].join('');
}

describe('what the guide to customisation shows', () => {
  test('names the file that it belongs to', () => {
    expect(written.length).toBeGreaterThan(8);
    const known = /^(?:context\.config\.yaml|personas\/[\w-]+\.yaml)$/;
    expect(written.filter(({ file }) => !known.test(file))).toEqual([]);
  });

  test.each(configurations.map((text) => [text.split('\n', 2).join(' '), text]))(
    'is a configuration: %s',
    async (_, text) => {
      const { folder, home, write } = await machine();
      await write('context.config.yaml', whole(text));
      const env = { HOME: home, ...Object.fromEntries(TOKENS.map((name) => [name, `of ${name}`])) };
      const { sources, warnings } = await loadConfig({ cwd: folder, env });
      expect(sources.every(({ status }) => status === 'ready')).toBe(true);
      expect(warnings).toEqual([]);
    },
  );

  test('is a persona that can be built', async () => {
    const { ctxHere, write, read } = await machine();
    const [persona] = written.filter(({ file }) => file.startsWith('personas/'));
    await write(persona?.file ?? '', persona?.text ?? '');
    const { code, stdout, stderr } = await ctxHere(['persona', 'build', '--persona', 'release-manager']);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('added .claude/agents/release-manager.md\n');
    expect(await read('.claude/agents/release-manager.md')).toContain('You know what goes out, when');
  });

  test('is command lines that there are', async () => {
    const lines = blocks('sh').flatMap((text) => text.trim().split('\n'));
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) {
      const [name, ...args] = Array.from(
        line.matchAll(/"([^"]*)"|(\S+)/g),
        ([, quoted, bare]) => quoted ?? bare ?? '',
      );
      expect(name).toBe('ctx');
      const run = vi.fn(async () => {});
      const program = commandLine(run, { writeOut: () => {}, writeErr: () => {} });
      await program.parseAsync(args, { from: 'user' });
      expect(run, line).toHaveBeenCalledOnce();
    }
  });

  test('works as a whole: what is chosen comes in, and what is written beside it stays', async () => {
    const { folder, ctxHere, write, read } = await machine();
    await write('context.config.yaml', configurations.at(-1) ?? '');
    const secret = 'password: correct-horse-battery\n';
    for (const name of ['examples', 'other', 'drafts/plan'])
      await write(`handbook/${name}.md`, `# ${name}\n\n${secret}`);
    git(folder, 'init', '--quiet', '--bare', '--initial-branch=main', 'team.git');
    const first = await ctxHere(['build', '--push']);
    expect(first.code, first.stderr).toBe(0);
    const context = join(folder, 'context');
    const files = () => git(context, 'ls-files', 'handbook', 'team').split('\n');
    const built = [
      'handbook/handbook/INDEX.md',
      'handbook/handbook/examples.md',
      'handbook/handbook/other.md',
    ];
    expect(files()).toEqual(built);
    expect(await read('context/handbook/handbook/examples.md')).toContain('correct-horse-battery');
    expect(await read('context/handbook/handbook/other.md')).toContain('[redacted:password]');
    expect(JSON.parse(await read('change.json'))).toMatchObject({ event: 'change', counts: { added: 2 } });
    expect(git(join(folder, 'team.git'), 'rev-parse', 'main')).toBe(git(context, 'rev-parse', 'HEAD'));

    await write('context/team/plan.md', '# Our own plan\n\nPlant oaks.\n');
    await write('context/AGENTS.md', '# How we work\n');
    git(context, 'add', 'team', 'AGENTS.md');
    git(context, 'commit', '--quiet', '--message', 'Our plan');
    await write('handbook/other.md', '# Other\n\nNothing secret.\n');
    expect(await ctxHere(['build'])).toMatchObject({ code: 0 });
    expect(files()).toEqual([...built, 'team/plan.md']);
    expect(await read('context/AGENTS.md')).toBe('# How we work\n');
    const found = await ctxHere(['search', 'oaks', '--json', '--repo', context]);
    expect(JSON.parse(found.stdout).results).toMatchObject([{ type: 'note', path: 'team/plan.md' }]);
    await write('context/handbook/handbook/other.md', 'An edit.\n');
    await write('handbook/other.md', '# Other\n\nNews.\n');
    expect(await ctxHere(['build'])).toMatchObject({ code: 5 });
  });
});
