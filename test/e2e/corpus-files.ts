import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A file that is attached to a page of the corpus. */
export interface CorpusFile {
  readonly id: string;
  readonly pageId: string;
  readonly title: string;
  readonly mediaType: string;
  readonly fileId: string;
  readonly bytes: Buffer;
}

interface Listed {
  readonly id: string;
  readonly title: string;
  readonly extensions?: { readonly mediaType?: string; readonly fileId?: string };
}

/** The files of a page's folder. The corpus tells of more files than it has: others get bytes of their kind. */
export function readFiles(folder: string, pageId: string): CorpusFile[] {
  const path = join(folder, 'attachments.v1.yaml');
  if (!existsSync(path)) return [];
  const { results = [] } = parse(readFileSync(path, 'utf8'), { logLevel: 'silent' }) as {
    results?: Listed[];
  };
  return results.map(({ id, title, extensions: { mediaType = '', fileId = '' } = {} }) => {
    const own = join(folder, title);
    const bytes = existsSync(own) ? readFileSync(own) : standIn(mediaType, id);
    return { id, pageId, title, mediaType, fileId, bytes };
  });
}

const HEADS: Readonly<Record<string, string>> = {
  'image/png': '\x89PNG\r\n\x1a\n\0\0\0\rIHDR',
  'image/jpeg': '\xff\xd8\xff\xe0\0\x10JFIF',
  'image/gif': 'GIF89a\x01\0',
  'application/pdf': '%PDF-1.4\n',
};

/** Bytes that begin as such a file does, and that no other file has. */
export function standIn(mediaType: string, mark: string, size = 0): Buffer {
  return Buffer.from(`${HEADS[mediaType] ?? ''}${mark}`.padEnd(size), 'latin1');
}

/** `AttachmentBulk` of the specification. */
export function fileResource({ id, pageId, title, mediaType, fileId, bytes }: CorpusFile): object {
  const download = `/download/attachments/${pageId}/${encodeURIComponent(title)}?version=1`;
  return {
    ...{ id, status: 'current', title, createdAt: '2024-01-02T03:04:05.000Z', pageId, mediaType, fileId },
    ...{
      mediaTypeDescription: '',
      comment: '',
      fileSize: bytes.length,
      webuiLink: '',
      downloadLink: download,
    },
    version: {
      number: 1,
      createdAt: '2024-01-02T03:04:05.000Z',
      message: '',
      minorEdit: false,
      authorId: 'x',
    },
    _links: { webui: '', download },
  };
}

export interface FileServer {
  /** The address that the file is given from. */
  addressOf(file: CorpusFile): string;
  /** Requests that carried credentials or had no signature. */
  readonly refused: readonly string[];
  readonly given: readonly string[];
  close(): Promise<void>;
}

/** Gives files to whoever has their signed address, from an origin of its own. */
export async function startFileServer(files: readonly CorpusFile[]): Promise<FileServer> {
  const refused: string[] = [];
  const given: string[] = [];
  const server = createServer(({ url = '', headers }, response) => {
    const file = files.find(({ id }) => url === `/${id}?signature=${id}`);
    if (file === undefined || headers.authorization !== undefined || headers.cookie !== undefined) {
      refused.push(url);
      response.writeHead(403).end();
      return;
    }
    given.push(file.id);
    response.writeHead(200, { 'content-type': file.mediaType }).end(file.bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    refused,
    given,
    addressOf: ({ id }) => `${origin}/${id}?signature=${id}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
