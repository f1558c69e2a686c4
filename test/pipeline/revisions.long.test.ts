import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startContext, type TestContext } from '../harness/context.ts';
import { editsBetweenBuilds, happen } from '../harness/random-edits.ts';
import { replayed } from '../harness/replay.ts';

const run = replayed({ runs: 8 });

interface ToldCommit {
  readonly id: string;
  readonly time: number;
  readonly byTool: boolean;
  readonly paths: readonly string[];
}

function commitsSince(context: TestContext, head: string): ToldCommit[] {
  const format = '--format=%x00%H %at %ct %an%x01';
  return context
    .git('log', '--reverse', '--name-only', '--no-renames', format, `${head}..HEAD`)
    .split('\0')
    .slice(1)
    .map((text) => {
      const [facts = '', names = ''] = text.split('\x01');
      const [id = '', authored, committed, author] = facts.split(' ');
      expect(authored).toBe(committed);
      return {
        ...{ id, time: Number(authored), byTool: author === 'context-sync' },
        paths: names.trim().split('\n').filter(Boolean),
      };
    });
}

test('R3 R9 told by revisions or not, the same documents; each revision changes one document, in the order of time', {
  timeout: run.numRuns * 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      editsBetweenBuilds({ builds: 3, edits: 8 }),
      fc.record({
        since: fc.constantFrom('all', '2026-01-05T09:10:00Z'),
        max_versions: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
      }),
      fc.boolean(),
      async (steps, history, isAsked) => {
        const source = isAsked ? { history } : {};
        await using context = await startContext({ pageLimit: 4, embeddedComments: 2 });
        const choices = { commit: 'per-revision', confluence: source, jira: source } as const;
        let head = '';
        for (const step of [[], ...steps]) {
          for (const happening of step) happen(context.workspace, happening);
          const { errors } = await context.buildConfirming(choices);
          expect(errors.map(({ message }) => message)).toEqual([]);
          expect([...context.documents()].sort()).toEqual([...(await context.fresh())].sort());
          if (head !== '') {
            const commits = commitsSince(context, head);
            const revisions = commits.filter(({ byTool }) => !byTool);
            for (const { paths } of revisions) expect(paths).toHaveLength(1);
            const times = revisions.map(({ time }) => time);
            expect(times).toEqual(times.toSorted((a, b) => a - b));
            // A run that confirms deletions comes after the one that held them back.
            expect(commits.filter(({ byTool }) => byTool).length).toBeLessThanOrEqual(2);
          }
          head = context.git('rev-parse', 'HEAD').trim();
        }
        context.git('fsck', '--strict', '--no-dangling');
        expect(context.git('status', '--porcelain')).toBe('');
      },
    ),
    run,
  );
});
