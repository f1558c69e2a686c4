import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SlackSource } from '../../../src/config/sources/slack.ts';
import { slack } from '../../../src/connectors/slack/index.ts';
import * as edits from '../../../src/demo/slack/edits.ts';
import { type ExportOptions, exportOf } from '../../../src/demo/slack/export.ts';
import type { SlackWorkspace } from '../../../src/demo/slack/workspace.ts';
import { linkDocument, writeMarkdown } from '../../../src/markdown/index.ts';
import { expectContract } from '../../contract/events.ts';
import { recordRun } from '../../harness/events.ts';
import { type Packed, type ZipOptions, zipOf } from '../../harness/zip.ts';
import { DEFAULTS } from './harness.ts';

const DAY_MS = 86_400_000;

/** A temporary folder with exports. */
export interface ExportFolder extends AsyncDisposable {
  readonly path: string;
  zip(files: Iterable<Packed>, options?: ZipOptions): Promise<string>;
  unpacked(files: Iterable<Packed>): Promise<string>;
}

export async function exportFolder(): Promise<ExportFolder> {
  const path = await mkdtemp(join(tmpdir(), 'context-sync-export-'));
  let made = 0;
  return {
    path,
    async zip(files, options) {
      made += 1;
      const file = join(path, `export-${made}.zip`);
      await writeFile(file, zipOf(files, options));
      return file;
    },
    async unpacked(files) {
      const folder = join(path, 'unpacked');
      for (const { name, content } of files) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), content);
      }
      return folder;
    },
    [Symbol.asyncDispose]: async () => rmSync(path, { recursive: true, force: true }),
  };
}

export function packed(workspace: SlackWorkspace, options?: ExportOptions): Packed[] {
  return [...exportOf(workspace, options)].map(([name, content]) => ({ name, content }));
}

/** A public channel, and on each of some days a message, and a thread with a reply of that day and one of the next. */
export function talk(workspace: SlackWorkspace, days: number): string {
  const members = [workspace.userId, workspace.botUserId];
  const general = edits.createChannel(workspace, { name: 'general', members });
  for (let day = 1; day <= days; day += 1) {
    edits.postMessage(workspace, general, { text: `Word ${day}` });
    const root = edits.postMessage(workspace, general, { text: `Root ${day}` });
    edits.reply(workspace, general, root, { text: `Answer ${day}` });
    workspace.now += DAY_MS;
    edits.reply(workspace, general, root, { text: `Late answer ${day}` });
  }
  return general;
}

/** What an export is read as: documents by id, and what is said of those that failed. */
export async function readExport(path: string, config: Partial<SlackSource> = { workspace: 'fernhollow' }) {
  const run = await recordRun<SlackSource>(slack, { ...DEFAULTS, path, ...config });
  expectContract(slack.model(DEFAULTS.id), run);
  const { events } = run;
  const documents = new Map(
    events.flatMap((event) => (event.type === 'upsert' ? [[event.document.facts.id, event.document]] : [])),
  );
  const text = [...documents.values()]
    .map(({ body }) => linkDocument(writeMarkdown(body), (url) => url))
    .join('\n');
  return {
    documents,
    text,
    failed: events.flatMap((event) => (event.type === 'failed' ? [event.error] : [])),
  };
}
