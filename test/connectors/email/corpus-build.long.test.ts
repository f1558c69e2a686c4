import { existsSync, globSync } from 'node:fs';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parseMail } from '../../../src/connectors/email/parse.ts';
import { startEmail } from './local-context.ts';

const CORPUS = join(import.meta.dirname, '../../../../shared/corpus/email');
const present = existsSync(CORPUS);
if (!present) process.stderr.write(`skipped: no corpus at ${CORPUS}\n`);

test.skipIf(!present)('every message of the corpus is in the document of a thread', async () => {
  await using context = await startEmail();
  const files = globSync('**/*.eml', { cwd: CORPUS }).sort();
  for (const file of files) {
    await mkdir(dirname(join(context.mail, file)), { recursive: true });
    await copyFile(join(CORPUS, file), join(context.mail, file));
  }
  const { errors, report } = await context.build();
  expect(errors).toEqual([]);
  expect(report.sources[0]?.status).toBe('ok');
  const told = new Set([...context.threads().values()].flatMap(({ facts }) => facts.aliases ?? []));
  const ids = await Promise.all(
    files.map(async (file) => (await parseMail(await readFile(join(CORPUS, file)))).id),
  );
  expect(files.filter((_, n) => !told.has(ids[n] as string))).toEqual([]);
  const { report: second } = await context.build();
  expect(second.commit).toBeNull();
  expect((await context.build({ full: true })).report.commit).toBeNull();
});
