import { postMessage, reply } from './edit-messages.ts';
import { beginEdit, nextId } from './journal.ts';
import type { SlackWorkspace } from './workspace.ts';

export interface NewFile {
  readonly name: string;
  readonly mimetype: string;
  readonly bytes: () => Uint8Array;
  readonly title?: string;
  /** What is said with it. Default: nothing, which is an empty text. */
  readonly text?: string;
  readonly by?: string;
  /** The root of the thread that it is shared in. */
  readonly thread?: string;
  /** Default: now. */
  readonly ts?: string;
}

/** What the service calls some media types. */
const TYPES: Readonly<Record<string, readonly [filetype: string, prettyType: string]>> = {
  'image/png': ['png', 'PNG'],
  'text/csv': ['csv', 'CSV'],
  'text/plain': ['text', 'Plain Text'],
  'application/pdf': ['pdf', 'PDF'],
};

export interface Shared {
  readonly id: string;
  readonly ts: string;
}

/** Shares a file in a channel: a message without a subtype that names it. */
export function uploadFile(workspace: SlackWorkspace, channel: string, file: NewFile): Shared {
  const id = nextId(workspace, 'F');
  const user = file.by ?? workspace.userId;
  const message = {
    by: user,
    text: file.text ?? '',
    fileIds: [id],
    ...(file.ts === undefined ? {} : { ts: file.ts }),
  };
  const ts =
    file.thread === undefined
      ? postMessage(workspace, channel, message)
      : reply(workspace, channel, file.thread, message);
  const [filetype, prettyType] = TYPES[file.mimetype] ?? ['binary', 'Binary'];
  workspace.files.set(id, {
    id,
    name: file.name,
    title: file.title ?? file.name,
    mimetype: file.mimetype,
    filetype,
    prettyType,
    user,
    created: Number(ts.slice(0, 10)),
    deleted: false,
    channels: [channel],
    bytes: file.bytes,
  });
  return { id, ts };
}

/** Deletes a file. Its message stays, and says that there was one. */
export function deleteFile(workspace: SlackWorkspace, id: string): void {
  const file = workspace.files.get(id);
  if (file === undefined) throw new Error(`the workspace has no file ${id}`);
  beginEdit(workspace);
  workspace.files.set(id, { ...file, deleted: true });
}
