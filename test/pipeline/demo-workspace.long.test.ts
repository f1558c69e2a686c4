import { expect, test } from 'vitest';
import { companyWorkspace } from '../../src/demo/workspace/company.ts';
import { applyMorning } from '../../src/demo/workspace/morning.ts';
import { brokenLinks, relativeLinks } from '../e2e/relative-links.ts';
import { startContext } from '../harness/context.ts';

/** What a run asks for to learn that nothing changed; of folders, which no list names, each by itself. */
const LISTINGS = [
  /\/(?:spaces|pages|blogposts|attachments|footer-comments|inline-comments|content\/search|users-bulk)$/,
  /\/(?:folders\/\d+|content\/\d+\/restriction\/byOperation\/read)$/,
  /\/(?:myself|field|search\/jql|user\/bulk|changelog\/bulkfetch)$/,
];

test('the demo company: every link leads to a file, and a second run asks for nothing but lists', async () => {
  const workspace = companyWorkspace();
  await using context = await startContext({ workspace });
  for (const change of [() => {}, () => applyMorning(workspace)]) {
    change();
    expect((await context.build()).errors).toEqual([]);
    const files = context.files();
    expect(brokenLinks(files)).toEqual([]);
    const shown = relativeLinks(files).filter(({ isImage }) => isImage);
    expect(shown.filter(({ path }) => path.startsWith('attachments/')).length).toBeGreaterThan(2);

    const [since, given] = [context.requestCount(), context.simulator.mediaRequests.length];
    expect((await context.build()).report.commit).toBeNull();
    const asked = context.simulator.requests.slice(since);
    expect(asked.map(({ path }) => path).filter((path) => !LISTINGS.some((form) => form.test(path)))).toEqual(
      [],
    );
    expect(asked.filter(({ isBody }) => isBody)).toEqual([]);
    expect(context.simulator.mediaRequests).toHaveLength(given);
  }
});
