import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Machine, newMachine } from '../e2e/machine.ts';
import { git } from '../harness/git.ts';

const DEVOPS = `name: devops
description: Looks after what runs. Use it for incidents and releases.
role: |
  You look after what runs.
goals: [Mails go out]
workflow: [Look at the runbook, Say what you see]
communication: { do: [Give times in UTC], dont: [Blame people], tone: calm }
tools: [Read, Bash]
skills: [releases]
model: sonnet
context: { sources: [docs, jira], memory: [~/notes, "it's here"], max_tokens: 2000 }
`;
const FILES = ['personas/devops.md', '.claude/agents/devops.md', '.claude/skills/devops/SKILL.md'];

const build = (machine: Machine, ...args: string[]) => machine.ctxHere(['persona', 'build', ...args]);

async function withDevops(): Promise<Machine> {
  const machine = await newMachine();
  await machine.write('personas/devops.yaml', DEVOPS);
  return machine;
}

describe('ctx persona build', () => {
  test('makes a document, an agent and a skill, and nothing the second time', async () => {
    await using machine = await withDevops();
    const { code, stdout, stderr } = await build(machine);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: FILES.map((file) => `added ${file}\n`).join(''),
      stderr: '1 persona, 3 files: 3 added\n',
    });
    const [document, agent, skill] = await Promise.all(FILES.map((file) => machine.read(file)));
    expect(document?.match(/^#{1,3} .*$/gm)).toEqual([
      '# devops',
      '## Overview',
      '## Key points',
      '## Response patterns',
      '## Guidelines',
      '### What the team knows',
    ]);
    expect(document).toContain('1. Look at the runbook\n2. Say what you see\n');
    expect(document).toContain(
      `ctx gather "QUESTION" --max-tokens 2000 --no-slack --no-code --memory ~/notes 'it'\\''s here'\n`,
    );
    expect(frontmatterOf(agent)).toEqual({
      name: 'devops',
      description: 'Looks after what runs. Use it for incidents and releases.',
      ...{ tools: 'Read, Bash', model: 'sonnet', skills: ['releases'] },
    });
    expect(Object.keys(frontmatterOf(skill))).toEqual(['name', 'description']);
    const [hash] = /sha256:[0-9a-f]{16}/.exec(document ?? '') ?? [];
    for (const text of [agent, skill]) expect(text).toContain(hash);

    const before = await Promise.all(FILES.map((file) => stat(join(machine.folder, file))));
    expect((await build(machine)).stderr).toBe('1 persona, 3 files: 3 unchanged\n');
    const after = await Promise.all(FILES.map((file) => stat(join(machine.folder, file))));
    expect(after.map(({ mtimeMs, ino }) => [mtimeMs, ino])).toEqual(
      before.map(({ mtimeMs, ino }) => [mtimeMs, ino]),
    );
    // On another machine the same persona is the same bytes.
    await using other = await withDevops();
    await build(other);
    for (const file of FILES) expect(await other.read(file)).toBe(await machine.read(file));
  });

  test('shows what would change as a diff that a program can apply, and writes nothing', async () => {
    await using machine = await withDevops();
    expect((await build(machine, '--dry-run')).stdout).toMatch(
      /^--- \/dev\/null\n\+\+\+ b\/personas\/devops\.md\n@@/,
    );
    expect(await readdir(machine.folder)).toEqual(['personas']);
    await build(machine);
    await machine.write('personas/devops.yaml', DEVOPS.replace('Mails go out', 'Mails come in'));
    const shown = await build(machine, '--dry-run');
    expect(shown.stdout).toContain('\n-- Mails go out\n+- Mails come in\n');
    expect(shown.stderr).toBe('Nothing was written: 1 persona, 3 files: 3 changed\n');
    expect(await machine.read('personas/devops.md')).toContain('Mails go out');
    const { stdout } = await build(machine, '--dry-run', '--json');
    const { personas } = JSON.parse(stdout);
    expect(personas[0].files[0]).toMatchObject({ path: 'personas/devops.md', status: 'changed' });
    git(machine.folder, ['init', '--quiet']);
    await writeFile(join(machine.folder, 'change.patch'), shown.stdout);
    git(machine.folder, ['apply', 'change.patch']);
    expect((await build(machine)).stderr).toBe('1 persona, 3 files: 3 unchanged\n');
  });

  test('leaves what people write around it, links and rights', async () => {
    await using machine = await withDevops();
    await build(machine);
    const agent = await machine.read('.claude/agents/devops.md');
    await mkdir(join(machine.folder, 'elsewhere'));
    const place = join(machine.folder, 'elsewhere/devops.md');
    const mine = Buffer.concat([
      Buffer.from(agent.replace('\n---\n', '\ncolor: green\n---\n')),
      Buffer.from([0x0a, 0xff, 0xfe, 0x0d, 0x0a]),
    ]);
    await writeFile(place, mine);
    await chmod(place, 0o600);
    await rm(join(machine.folder, '.claude/agents/devops.md'));
    await symlink('../../elsewhere/devops.md', join(machine.folder, '.claude/agents/devops.md'));
    await machine.write('personas/devops.yaml', DEVOPS.replace('calm', 'lively'));
    expect((await build(machine)).code).toBe(0);
    const bytes = await readFile(place);
    expect(bytes.subarray(-5)).toEqual(mine.subarray(-5));
    expect(bytes.toString()).toContain('Tone: lively');
    expect(bytes.toString()).toContain('# ctx:persona end devops\ncolor: green\n---\n');
    expect((await stat(place)).mode & 0o777).toBe(0o600);
  });

  test('writes nothing at all if one file is somebody’s own', async () => {
    await using machine = await withDevops();
    await machine.write('personas/other.yaml', DEVOPS.replace('name: devops', 'name: other'));
    await machine.write('.claude/agents/devops.md', 'Mine.\n');
    await machine.write('personas/other.md', 'Mine.\n<!-- ctx:persona begin other -->\n');
    const { code, stdout, stderr } = await build(machine);
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
    expect(stderr).toContain(`${join(machine.folder, '.claude/agents/devops.md')}:1: it has no marks`);
    expect(stderr).toContain(`${join(machine.folder, 'personas/other.md')}:2: the mark has no end`);
    expect(stderr).toContain('"<!-- ctx:persona begin devops -->"');
    expect(await readdir(join(machine.folder, 'personas'))).toEqual([
      'devops.yaml',
      'other.md',
      'other.yaml',
    ]);
    expect((await build(machine, '--check')).code).toBe(5);
    // What is not asked for is not looked at.
    await machine.write('personas/third.yaml', DEVOPS.replace('name: devops', 'name: third'));
    expect((await build(machine, '--persona', 'third')).code).toBe(0);
  });

  test('finds personas here, beside the configuration, or where it is told', async () => {
    await using machine = await newMachine();
    const nowhere = await build(machine);
    expect(nowhere.code).toBe(2);
    expect(nowhere.stderr).toContain(
      `There are no personas: ${join(machine.folder, 'personas')} does not exist.`,
    );
    await machine.write('team/personas/devops.yaml', DEVOPS);
    await machine.write('team/context.config.yaml', 'version: 1\n');
    const check = await build(machine, '--config', 'team/context.config.yaml', '--check');
    expect(check).toEqual({ code: 0, stdout: 'In order: 1 persona, 3 files: 3 added\n', stderr: '' });
    await build(machine, '--dir', 'team/personas');
    expect(await machine.read('team/.claude/agents/devops.md')).toContain('You look after what runs.');
    await build(machine, '--dir', 'team/personas', '--output', 'out');
    expect(await machine.read('out/personas/devops.md')).toContain('You look after what runs.');
  });

  test('lists them, and knows which there are', async () => {
    await using machine = await withDevops();
    await machine.write('personas/base.yaml', 'name: base\ndescription: What all share\noutputs: []\n');
    expect((await build(machine, '--list')).stdout).toBe(
      'base (role; for others to extend): What all share\ndevops (role; markdown, agent, skill): Looks after what runs. Use it for incidents and releases.\n',
    );
    const { personas } = JSON.parse((await build(machine, '--list', '--json')).stdout);
    expect(personas[1]).toMatchObject({ name: 'devops', kind: 'role', extends: [] });
    const unknown = await build(machine, '--persona', 'devop');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('There is no persona devop.\n  There are: base, devops.');
    expect((await build(machine, '--list', '--dry-run')).code).toBe(2);
  });

  test('secrets of a persona are not written, and a persona that cannot ask is told', async () => {
    await using machine = await newMachine();
    const token = ['ghp', 'Zx81kQ0vT2mW9rB4nL7yH3cD6fG5sJ0pAeUi'].join('_');
    await machine.write(
      'personas/devops.yaml',
      DEVOPS.replace('You look', `Take ${token}. You look`).replace('Read, Bash', 'Read'),
    );
    const { code, stderr } = await build(machine);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /warning: devops: it is to ask the context repository, and its tools have neither Bash/,
    );
    expect(stderr).toMatch(/warning: 1 github-token redacted/);
    for (const file of FILES) {
      const text = await machine.read(file);
      expect(text).not.toContain(token);
      expect(text).toContain('Take [redacted:github-token].');
    }
  });
});

function frontmatterOf(text = ''): Record<string, unknown> {
  return parse(/^---\n([\s\S]*?)^---\n/m.exec(text)?.[1] ?? '');
}
