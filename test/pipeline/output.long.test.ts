import { expect, test } from 'vitest';
import { expectNone, formsOf } from '../contract/connector-secret-suite.ts';
import { startCommand, writeConfig } from '../harness/command-line.ts';
import { startContext } from '../harness/context.ts';

test('R17 the token is not in what the program prints, with and without --json', async () => {
  await using context = await startContext();
  const secrets = formsOf(context.simulator.credentials);
  const folder = await context.folder();
  const { file, env } = await writeConfig(folder, context.simulator, context.path);
  const built = await startCommand(['build', '--config', file, '--json'], env, folder).ended;
  expect(built.code).toBe(0);
  expect(JSON.parse(built.stdout)).toMatchObject({
    sources: [
      { id: 'confluence', status: 'ok' },
      { id: 'jira', status: 'ok' },
    ],
  });
  const refused = await startCommand(
    ['build', '--config', file],
    { ...env, WHO: 'nobody@small.example' },
    folder,
  ).ended;
  expect(refused.code).toBe(3);
  for (const { stdout, stderr } of [built, refused]) expectNone({ secrets }, stdout + stderr, 'the output');
});
