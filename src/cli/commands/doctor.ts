import type { CheckResult, Verdict } from '../../health/check.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';

export interface DoctorCommandOptions {
  readonly config?: string;
  /** Seconds that each check may take. */
  readonly limit: number;
  readonly json?: boolean;
}

const SIGNS: Record<Verdict, string> = { ok: 'ok  ', warn: 'warn', fail: 'FAIL', skip: 'skip' };

/** `ctx doctor`: tries everything that a run needs and says exactly what to do about what is wrong. Changes nothing. */
export async function doctorCommand(
  { config, limit, json }: DoctorCommandOptions,
  { output, env, cwd, signal, now }: CommandContext,
): Promise<number> {
  const [{ examine }, { createNetwork }, { githubCliToken }] = await Promise.all([
    import('../../health/doctor.ts'),
    import('../../http/network.ts'),
    import('../github-token.ts'),
  ]);
  const results = await examine({
    ...{ file: config, env, cwd, signal, now, limit: limit * 1000 },
    network: createNetwork(env),
    githubToken: (host) => githubCliToken(host, env),
    hide: (secrets) => output.hide(secrets),
  });
  const isWell = !results.some(({ status }) => status === 'fail');
  if (json) output.json({ ok: isWell, checks: results });
  else {
    for (const result of results) print(result, output);
    output.print(`\n${summary(results)}`);
  }
  return exitCodeOf(results);
}

function print({ name, status, detail, fix }: CheckResult, output: CommandContext['output']): void {
  output.print(`${SIGNS[status]}  ${name.padEnd(18)} ${detail.replaceAll('\n', '\n      ')}`);
  if (fix !== undefined) output.print(`      fix: ${fix}`);
}

function summary(results: readonly CheckResult[]): string {
  const count = (status: Verdict) => results.filter((result) => result.status === status).length;
  const [failures, warnings] = [count('fail'), count('warn')];
  if (failures + warnings === 0) return 'All is well.';
  const parts = [failures > 0 && `${failures} failed`, warnings > 0 && `${warnings} to look at`];
  return `${parts.filter(Boolean).join(', ')}; nothing was changed.`;
}

/** Credentials are what a person has to bring; whatever else failed may be fixed by what is said. */
function exitCodeOf(results: readonly CheckResult[]): number {
  const failures = results.filter(({ status }) => status === 'fail');
  if (failures.length === 0) return EXIT.done;
  return failures.some(({ kind }) => kind === 'credentials') ? EXIT.credentials : EXIT.failed;
}
