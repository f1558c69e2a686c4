import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exitCodeOfRun } from '../../src/cli/exit-codes.ts';
import { duration, Output } from '../../src/cli/output.ts';
import { ctxError } from '../../src/core/errors/index.ts';
import { replayed } from '../harness/replay.ts';

function outputOn(terminal: { isTTY: boolean; columns?: number }) {
  const written = { stdout: '', stderr: '' };
  let now = 0;
  const output = new Output({
    stdout: { write: (text) => (written.stdout += text) },
    stderr: { write: (text) => (written.stderr += text), ...terminal },
    verbose: false,
    now: () => now,
  });
  return { output, written, wait: (ms: number) => (now += ms) };
}

describe('progress', () => {
  test('is one line on a terminal, with counts, rate and the time that is left', () => {
    const { output, written, wait } = outputOn({ isTTY: true, columns: 80 });
    output.progress('confluence', 0, 100);
    wait(2000);
    output.progress('confluence', 50, 100);
    expect(written.stderr.split('\r\u001b[2K').at(-1)).toBe('confluence: 50/100 documents, 25/s, 2 s left');
    output.print('done');
    expect(written.stderr).toMatch(/\r\u001b\[2K$/);
    expect(written.stdout).toBe('done\n');
  });

  test('is cut to the width of the terminal, and whole where the width is unknown', () => {
    const narrow = outputOn({ isTTY: true, columns: 20 });
    narrow.output.progress('confluence', 7, 100);
    expect(narrow.written.stderr.split('\r\u001b[2K').at(-1)).toHaveLength(19);
    const unknown = outputOn({ isTTY: true, columns: 0 });
    unknown.output.progress('confluence', 7, 100);
    expect(unknown.written.stderr).toContain('confluence: 7/100 documents');
  });

  test('is a plain line now and then elsewhere', () => {
    const { output, written, wait } = outputOn({ isTTY: false });
    output.progress('jira', 1, 10);
    wait(100);
    output.progress('jira', 2, 10);
    expect(written.stderr).toBe('');
    wait(10_000);
    output.progress('jira', 5, 10);
    expect(written.stderr).toMatch(/^jira: 5\/10 documents, .* left\n$/);
  });
});

describe('secrets that were named never pass', () => {
  test('in the answer or in the talk', () => {
    const { output, written } = outputOn({ isTTY: false });
    output.hide(['s3cret/+', '']);
    output.print('token s3cret/+');
    output.info('https://x.example/?t=s3cret%2F%2B');
    output.crash(new Error('what s3cret/+ did'));
    expect(written.stdout).toBe('token [secret]\n');
    expect(written.stderr).toContain('https://x.example/?t=[secret]\n');
    expect(written.stderr).toContain('internal error: Error: what [secret] did\n');
  });

  test('in keys of the answer', () => {
    const { output, written } = outputOn({ isTTY: false });
    output.hide(['s3cret']);
    output.json({ s3cret: 1, list: [{ 'of s3cret': 's3cret' }], none: null });
    expect(JSON.parse(written.stdout)).toEqual({
      '[secret]': 1,
      list: [{ 'of [secret]': '[secret]' }],
      none: null,
    });
  });

  const secret = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => text.trim() !== ''),
    fc.constantFrom(
      'two\u2028\u2029lines',
      'ATATT3x-_=',
      'a"b\\c/d',
      'p@ss w%rd',
      '"',
      ',',
      'null',
      '1',
      'pässwörd!',
      '$&',
    ),
  );
  const transports: Readonly<Record<string, (secret: string) => string>> = {
    plain: (text) => text,
    encoded: encodeURIComponent,
    form: (text) => new URLSearchParams({ t: text }).toString().slice(2),
    'lower-case encoded': (text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
    userinfo: (text) => Object.assign(new URL('https://host'), { password: text }).password,
    json: (text) => JSON.stringify(text).slice(1, -1),
  };

  test('whatever they are and however they were sent', () => {
    fc.assert(
      fc.property(secret, fc.constantFrom(...Object.keys(transports)), (text, name) => {
        const wellFormed = text.toWellFormed();
        const sent = transports[name]?.(wellFormed) ?? '';
        const { output, written } = outputOn({ isTTY: false });
        output.hide([text]);
        output.error(ctxError('git.push-failed', { remote: 'R', branch: 'B', reason: `<${sent}>` }));
        expect(written.stderr).toContain('[secret]');
        output.json({ commit: null, count: 1, text: `<${wellFormed}>`, list: [wellFormed] });
        // A short secret may be a part of a key, which is hidden there too.
        const [commit, count, hidden, list] = Object.values(JSON.parse(written.stdout));
        expect([commit, count]).toEqual([null, 1]);
        expect(hidden).not.toBe(`<${wellFormed}>`);
        expect(list).toEqual([expect.stringContaining('[secret]')]);
      }),
      replayed({ runs: 500 }),
    );
  });

  test('within base64, wherever they begin there', () => {
    const token = fc.string({ unit: 'grapheme', minLength: 12, maxLength: 40 });
    fc.assert(
      fc.property(token, fc.string({ maxLength: 9 }), fc.string({ maxLength: 5 }), (text, before, after) => {
        const { output, written } = outputOn({ isTTY: false });
        output.hide([text]);
        const sent = Buffer.from(`${before}${text.toWellFormed()}${after}`);
        output.print(sent.toString('base64'));
        output.print(sent.toString('base64url'));
        expect(written.stdout.match(/\[secret\]/g)).toHaveLength(2);
      }),
      replayed({ runs: 500 }),
    );
  });
});

describe('what others wrote', () => {
  const hostile = 'a\u001b[2J\u001b]0;title\u0007\r\nerror: forged\u009b31m\u202Ereversed\u2028z';

  test('stays in its line and gives the terminal no orders', () => {
    const { output, written } = outputOn({ isTTY: true });
    output.info(hostile);
    output.warn(hostile);
    output.error(ctxError('source.bad-query', { source: hostile, view: hostile, reason: hostile }));
    output.error(ctxError('build.local-edits', { paths: [hostile] }));
    output.progress(hostile, 1, 2);
    output.endProgress();
    const shown = written.stderr.replaceAll(/\u001b\[(?:\d+m|2K)|\r/g, '');
    expect(shown).not.toMatch(/[^\P{Cc}\n]|[\u2028\u202E]/u);
    expect(shown).not.toMatch(/^error: forged/m);
    expect(shown.split('\n')).toHaveLength(2 + 2 + 2 + 1);
  });

  test('is printed without orders too, and is whole in JSON', () => {
    const { output, written } = outputOn({ isTTY: false });
    output.print(hostile);
    expect(written.stdout).not.toMatch(/[^\P{Cc}\n]/u);
    written.stdout = '';
    output.json({ worst: hostile });
    expect(written.stdout.slice(0, -1)).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(written.stdout)).toEqual({ worst: hostile });
  });
});

test.each([
  [42, '42 s'],
  [200, '3 min 20 s'],
  [3900, '1 h 5 min'],
])('%d seconds read as %s', (seconds, text) => expect(duration(seconds)).toBe(text));

test('a run is remembered by the failure that a person must act on first', () => {
  const document = ctxError('source.access-unknown', { source: 'jira', id: '1' });
  const query = ctxError('source.bad-query', { source: 'jira', view: 'A', reason: 'no' });
  const guard = ctxError('build.mass-deletion', { scopes: ['A'], documents: 30, fingerprint: 'f' });
  expect(exitCodeOfRun([], true)).toBe(0);
  expect(exitCodeOfRun([document], true)).toBe(4);
  expect(exitCodeOfRun([document], false)).toBe(1);
  expect(exitCodeOfRun([document, query], true)).toBe(2);
  expect(exitCodeOfRun([query, guard], true)).toBe(5);
});
