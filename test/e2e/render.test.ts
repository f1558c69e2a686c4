import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Machine, newMachine } from './machine.ts';

describe('ctx render', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  it('prints the markdown of a file and says what is not kept', async () => {
    await machine.write(
      'page.xhtml',
      '<h1>Plan</h1><p>See <ac:structured-macro ac:name="no-such-macro" /></p>',
    );
    const { code, stdout, stderr } = await machine.ctxHere(['render', 'page.xhtml']);
    expect(code).toBe(0);
    expect(stdout).toBe('# Plan\n\nSee `[unsupported macro: no-such-macro]`\n');
    expect(stderr).toContain('lost: macro:no-such-macro');
    expect(stderr).toContain('constructs: 1 kept, 0 degraded, 1 lost');
  });

  it.each([
    ['storage', '<p><strong>x</strong></p>', '**x**'],
    ['adf', JSON.stringify({ type: 'doc', content: [{ type: 'rule' }] }), '***'],
    ['adf', JSON.stringify(JSON.stringify({ type: 'doc', content: [{ type: 'rule' }] })), '***'],
    ['wiki', 'h2. Goals', '## Goals'],
    ['html', '<b>x</b>', '**x**'],
    ['slack', JSON.stringify({ text: '*x*' }), '**x**'],
    ['slack', JSON.stringify([{ type: 'divider' }]), '***'],
    ['slack', '*x*', '**x**'],
  ])('reads %s from the standard input', async (format, input, markdown) => {
    const { code, stdout } = await machine.ctxHere(['render', '-', '--from', format, '--json'], { input });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      markdown: `${markdown}\n`,
      fidelity: { kept: 1, degraded: 0, lost: 0 },
      warnings: [],
      properties: {},
    });
  });

  it('leads relative links to the site that it is told', async () => {
    const { stdout } = await machine.ctxHere(
      ['render', '-', '--from', 'html', '--site', 'https://acme.example'],
      { input: '<a href="/x">x</a>' },
    );
    expect(stdout).toBe('[x](https://acme.example/x)\n');
  });

  it.each([
    [['render', 'missing.html'], 'missing.html cannot be read (ENOENT)'],
    [['render', '-'], '--from storage|adf|wiki|html|slack'],
    [['render', '-', '--from', 'pdf'], 'Allowed choices are storage, adf, wiki, html, slack'],
    [['render', '-', '--from', 'adf'], 'is not JSON'],
  ])('refuses %j with a way out', async (args, message) => {
    const { code, stdout, stderr } = await machine.ctxHere(args, { input: 'a text of our team' });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('our team');
  });
});
