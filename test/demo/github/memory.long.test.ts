import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { Loose } from '../client.ts';

const MB = 1024;

const PULLS = `query Pulls($after: String) { repository(owner: "fernhollow", name: "monolith") {
  pullRequests(first: 100, after: $after, orderBy: {field: UPDATED_AT, direction: ASC}) {
    pageInfo { hasNextPage endCursor } nodes { number body reviewThreads(first: 20) { nodes { comments(first: 5) { nodes { body } } } } } } } }`;

test('20,000 pull requests that are listed, and 5,000 that are read, take less than 400 MB', async () => {
  const program = fork(new URL('serve-scale.ts', import.meta.url).pathname);
  try {
    const [served]: Loose[] = await once(program, 'message');
    const headers = { authorization: `Bearer ${served.token}`, 'user-agent': 'test' };
    let listed = 0;
    const first = `${served.url}/repos/fernhollow/monolith/issues?state=all&sort=updated&per_page=100`;
    for (let next: string | undefined = first; next !== undefined; ) {
      const response: Response = await fetch(next, { headers });
      listed += ((await response.json()) as unknown[]).length;
      next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
    }
    expect(listed).toBe(26_666);
    let read = 0;
    for (let after: string | null = null; read < 5_000; ) {
      const body = JSON.stringify({ query: PULLS, variables: { after } });
      const { data }: Loose = await (
        await fetch(served.graphqlUrl, { method: 'POST', headers, body })
      ).json();
      read += data.repository.pullRequests.nodes.length;
      after = data.repository.pullRequests.pageInfo.endCursor;
    }
    program.send('memory');
    const [{ maxRSS }]: Loose[] = await once(program, 'message');
    expect(maxRSS / MB).toBeLessThan(400);
  } finally {
    program.kill();
  }
});
