import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { readPptx } from '../harness/pptx.ts';
import { type Machine, newMachine } from './machine.ts';

vi.setConfig({ testTimeout: 180_000 });

/** A command line that is to succeed. */
async function done(machine: Machine, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await machine.ctx(args);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return stdout;
}

test('from the demo: messages are exported, a style is read from them, personas are built, and slides', async () => {
  await using machine = await newMachine();
  await done(machine, 'demo', '--json', '--dir', 'shown');
  const beside = join(machine.folder, 'shown.fernhollow');
  const config = ['--config', join(beside, 'context.config.yaml')];
  const messages = join(beside, 'mina.jsonl');
  const exported = ['slack', 'export', ...config, '--from', 'store', '--user', 'mina', '--channels', 'desk'];
  expect(await done(machine, ...exported, '--output', messages)).toMatch(
    /^37 messages of mina in 1 channel,/,
  );
  const profile = join(beside, 'personas/mina.profile.yaml');
  const chart = ['--chart', join(beside, 'mina.svg')];
  const analyzed = await done(machine, 'persona', 'analyze', messages, '--output', profile, ...chart);
  expect(analyzed).toMatch(/^37 messages \(37 public\), 2026-02-16 to 2026-02-26: /);
  const built = await done(machine, 'persona', 'build', '--persona', 'devops', ...config);
  expect(built).toBe(
    ['personas/devops.md', '.claude/agents/devops.md', '.claude/skills/devops/SKILL.md']
      .map((path) => `added ${path}\n`)
      .join(''),
  );
  const agent = await machine.read('shown.fernhollow/.claude/agents/devops.md');
  expect(agent).toContain('Makers and their customers notice nothing');
  await machine.write(
    'shown.fernhollow/personas/mina.yaml',
    'name: mina\nkind: voice\ndescription: Writes as Mina does.\nstyle: { profile: mina.profile.yaml }\n',
  );
  await done(machine, 'persona', 'build', ...config);
  expect(await machine.read('shown.fernhollow/personas/mina.md')).toMatch(
    /## Greetings and sign-offs\n\n- Greets in \d+ %/,
  );
  // What the agent is told to run finds something.
  const [, command = ''] = /^ctx (gather .*)$/m.exec(agent) ?? [];
  const args = command.replace('"QUESTION"', 'on-call').split(' ');
  expect(await done(machine, ...args, '-C', 'shown')).toContain('confluence/INFRA/on-call-runbook.md');

  const data = fileURLToPath(new URL('../../docs/guide/slides/quarter.yaml', import.meta.url));
  const review = ['slides', 'build', '--template', 'quarterly-review', '--data', data, '--repo', 'shown'];
  expect(await done(machine, ...review, '--output', 'review.pptx')).toContain('10 slides: ');
  const { slides } = await readPptx(await readFile(join(machine.folder, 'review.pptx')));
  expect(slides).toHaveLength(10);
});
