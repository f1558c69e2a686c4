import { describe, expect, test } from 'vitest';
import { exitCodeOfRun } from '../../src/cli/exit-codes.ts';
import { duration, Output } from '../../src/cli/output.ts';
import { ctxError } from '../../src/core/errors/index.ts';

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

test('secrets that were named never pass, in the answer or in the talk', () => {
  const { output, written } = outputOn({ isTTY: false });
  output.hide(['s3cret/+', '']);
  output.print('token s3cret/+');
  output.info('https://x.example/?t=s3cret%2F%2B');
  expect(written).toEqual({ stdout: 'token [secret]\n', stderr: 'https://x.example/?t=[secret]\n' });
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
