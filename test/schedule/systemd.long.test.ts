import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { serviceUnit } from '../../src/schedule/systemd-units.ts';
import { git } from '../harness/git.ts';
import { makeHome } from './fixture.ts';
import { besideUserManager, obstacleToUserManager } from './user-manager.ts';

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname;

const home = makeHome("ada's 100% $HOME");
afterAll(() => home[Symbol.dispose]());
const obstacle = obstacleToUserManager(home.path);
if (obstacle) process.emitWarning(`not tested: no user manager of systemd can be started (${obstacle})`);

describe.skipIf(obstacle !== undefined)('with the manager that systemd has for a user', () => {
  test('the commands that people know build, and the timer waits', () => {
    const { stdout, stderr, code } = besideUserManager(
      home.path,
      `cd "$HOME/team"
ctx() { '${process.execPath}' '${MAIN}' "$@"; }
ctx schedule install --kind systemd
systemd-analyze verify --user "$HOME/.config/systemd/user/context-sync.timer" "$HOME/.config/systemd/user/context-sync.service" 2>&1
systemctl --user start context-sync.service
systemctl --user enable --now context-sync.timer
echo "timer: $(systemctl --user is-active context-sync.timer) $(systemctl --user is-enabled context-sync.timer)"
ctx schedule status --json
ctx schedule run --json
rm context.config.yaml
ctx schedule run || echo "failed: $?"
ctx schedule uninstall
ctx schedule status || echo "status: $?"
systemctl --user list-unit-files 'context-sync*' --no-legend || echo 'no unit'`,
    );
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const lines = stdout.trim().split('\n');
    const [status, run] = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
    expect(lines).toContain('timer: active enabled');
    expect(status).toMatchObject({ installed: true, kind: 'systemd', every: 'hourly', active: true });
    expect(status.last).toMatchObject({ ok: true, code: 0 });
    const wait = Date.parse(status.next) - Date.now();
    expect(wait).toBeGreaterThan(-60_000);
    expect(wait).toBeLessThan(71 * 60_000);
    expect(run).toMatchObject({ ok: true });
    expect(lines).toContain('It failed (exit code 2): `ctx schedule logs` tells why.');
    expect(lines).toContain('failed: 1');
    expect(lines.slice(-2)).toEqual(['status: 1', 'no unit']);
    const tree = git(join(home.project, 'repo'), ['ls-tree', '-r', '--name-only', 'HEAD']).toString();
    expect(tree).toContain('notes/plan.md\n');
    // What systemd-analyze finds is printed between these.
    const at = lines.findIndex((line) => line.startsWith('Next run:'));
    expect(lines[at + 1]).toBe('timer: active enabled');
  });

  test('arguments and environment arrive as they are', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'ab é☃ %$\'"&<>()[]{};`!#~*?|=,+-\\@:'),
      maxLength: 10,
    });
    // All at once, since each manager takes a second to start.
    const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);
    const units = fc.record({ args: fc.array(text, { maxLength: 5 }), proxy: text });
    const drawn = fc.sample(units, { seed, numRuns: 25 });
    // biome-ignore lint/suspicious/noTemplateCurlyInString: systemd's own syntax
    drawn.push({ args: ['$HOME', '${HOME}', '%h', ';', '\\;', '\\x41', '', ' '], proxy: '%h $HOME "x" \\n' });
    const program = join(home.path, 'show.cjs');
    writeFileSync(
      program,
      'const [file, ...args] = process.argv.slice(2); require("node:fs").writeFileSync(file, JSON.stringify([args, process.env.HTTPS_PROXY]))',
    );
    for (const [index, { args, proxy }] of drawn.entries()) {
      const unit = serviceUnit({
        command: [process.execPath, program, join(home.path, `shown ${index}`), ...args],
        environment: { HTTPS_PROXY: proxy },
        ...{ every: 'hourly', minute: 7 },
      });
      home.write(`.config/systemd/user/show-${index}.service`, unit);
    }
    const names = drawn.map((_, index) => `show-${index}.service`).join(' ');
    const { code, stderr } = besideUserManager(home.path, `systemctl --user start ${names}`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const shown = drawn.map((_, index) => JSON.parse(home.read(`shown ${index}`)));
    expect(shown, `drawn with FC_SEED=${seed}`).toEqual(drawn.map(({ args, proxy }) => [args, proxy]));
  });
});
