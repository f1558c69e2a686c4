import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { replayed } from '../../harness/replay.ts';
import { startEmail } from './local-context.ts';
import { bytesOf, happenings, type MadeUp, RandomMail } from './random-mail.ts';

vi.setConfig({ testTimeout: 600_000 });

test('R3 any sequence of runs over files that come and go makes what one run makes', async () => {
  await fc.assert(
    fc.asyncProperty(happenings, async (all) => {
      await using context = await startEmail();
      for (const folder of ['one', 'two']) await mkdir(join(context.mail, folder));
      const fileOf = (folder: string, { number, version }: MadeUp) =>
        join(context.mail, folder, `${number}-${version}.eml`);
      const mail = new RandomMail({
        put: (folder, message) => writeFile(fileOf(folder, message), bytesOf(message)),
        remove: (folder, message) => rm(fileOf(folder, message)),
      });
      for (const happening of [...all, { what: 'build', nth: 0 } as const])
        if (happening.what === 'build') expect((await context.buildConfirming()).errors).toEqual([]);
        else await mail.happen(happening);
      expect(context.documents()).toEqual(await context.fresh());
    }),
    replayed({ runs: 15 }),
  );
});
