import { createInterface } from 'node:readline';
import { startSimulator } from '../src/demo/server.ts';
import { currentVersion, isPage } from '../src/demo/workspace/access.ts';
import { editIssue, editPage } from '../src/demo/workspace/edits.ts';
import { type AdfNode, type Issue, textOf, type Workspace } from '../src/demo/workspace/model.ts';
import { scaleWorkspace } from '../src/demo/workspace/scale.ts';
import type { SentRequest, SiteOptions } from './site.ts';

/*
 * A generated workspace in a process of its own: `node bench/simulator.ts OPTIONS`, which are JSON, prints its address and
 * credentials as one line of JSON. It answers each line that it reads by one: `requests` by those that it has answered since,
 * `change N` by null once so many documents, spread over all, have another text.
 */
const { latencyMs, ...scale } = JSON.parse(process.argv[2] ?? '') as SiteOptions;
const simulator = await startSimulator({
  workspace: scaleWorkspace({ ...scale, seed: 1 }),
  ...(latencyMs !== undefined && { latencyMs }),
});
const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
say({ url: simulator.url, ...simulator.credentials });

let told = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const [, documents] = /^change (\d+)$/.exec(line) ?? [];
  if (documents === undefined) say(requestsSince());
  else {
    change(simulator.workspace, Number(documents));
    say(null);
  }
}
await simulator.close();

function requestsSince(): readonly SentRequest[] {
  const since = simulator.requests.slice(told);
  told = simulator.requests.length;
  return since.map(({ method, path, query, body, isBody }) => ({
    ...{ method, target: `${path}?${query}`, isBody },
    ...(body !== undefined && { body }),
  }));
}

function change(workspace: Workspace, documents: number): void {
  const pages = [...workspace.content.values()].filter(isPage);
  const all = [...pages, ...workspace.issues.values()];
  for (let index = 0; index < documents; index += 1) {
    const document = all[Math.floor((index * all.length) / documents)];
    if (document === undefined) throw new Error(`there are no ${documents} documents`);
    if ('key' in document) editIssue(workspace, document.id, { description: longer(document.description) });
    else
      editPage(workspace, document.id, { body: `${textOf(currentVersion(document).body)}<p>And more.</p>` });
  }
}

function longer(description: Issue['description']): AdfNode {
  const node = typeof description === 'function' ? description() : description;
  const more = { type: 'paragraph', content: [{ type: 'text', text: 'And more.' }] };
  return { type: 'doc', version: 1, content: [...(node?.content ?? []), more] };
}
