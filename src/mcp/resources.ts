import {
  type ListResourcesResult,
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  type ReadResourceResult,
  type Resource,
  ResourceNotFoundError,
  ResourceTemplate,
} from '@modelcontextprotocol/server';
import { cursorAt, positionOf } from '../answers/cursor.ts';
import { answerRead } from '../answers/read.ts';
import { isCtxError } from '../core/errors/index.ts';
import { readDocument } from '../frontmatter/read.ts';
import type { ReadingRepo } from '../git/reading.ts';
import type { KnowledgeOptions } from './knowledge.ts';
import { pathOfResource, RESOURCE_TEMPLATE, resourceAddress } from './resource-address.ts';
import { visible } from './retrieved.ts';
import { known } from './tool.ts';

const PAGE = 100;
const MARKDOWN = 'text/markdown';

/** The repository's markdown, which people attach to a conversation: the indexes first, which say what else there is. */
export function addResources(server: McpServer, knowledge: KnowledgeOptions): void {
  server.registerResource(
    'document',
    new ResourceTemplate(RESOURCE_TEMPLATE, { list: undefined }),
    { title: 'Document', description: 'A document by its path in the repository', mimeType: MARKDOWN },
    async (uri) => orProtocolError(uri.href, knowledge, () => read(uri.href, knowledge)),
  );
  // The list of a template can't have pages.
  server.server.setRequestHandler('resources/list', async ({ params }) =>
    orProtocolError('', knowledge, () => list(params?.cursor, knowledge)),
  );
}

async function read(address: string, { repository, now }: KnowledgeOptions): Promise<ReadResourceResult> {
  const path = pathOfResource(address);
  if (path === undefined) throw new ResourceNotFoundError(address);
  return repository.use(async ({ repo, reading }) => {
    const { content } = await answerRead(
      { repo, cwd: repo.path, index: reading },
      { document: path },
      { now: now() },
    );
    return { contents: [{ uri: address, mimeType: MARKDOWN, text: visible(content) }] };
  });
}

async function list(
  cursor: string | undefined,
  { repository }: KnowledgeOptions,
): Promise<ListResourcesResult> {
  return repository.use(async ({ repo }) => {
    const question = ['resources', repo.head];
    const from = positionOf(cursor, question);
    const all = await markdownOf(repo);
    const resources: Resource[] = [];
    const page = all.slice(from, from + PAGE);
    for await (const { request, content } of repo.contents(page, ({ blob }) => blob))
      resources.push(resource(request.path, content));
    const next = from + page.length;
    return { resources, ...(next < all.length && { nextCursor: cursorAt(question, next) }) };
  });
}

interface File {
  readonly path: string;
  readonly blob: string;
}

async function markdownOf(repo: ReadingRepo): Promise<File[]> {
  const indexes: File[] = [];
  const others: File[] = [];
  for await (const { path, after: blob } of repo.changes(null, repo.head)) {
    if (blob === null || !path.endsWith('.md') || /^(?:\.|attachments\/)/.test(path)) continue;
    (path.endsWith('INDEX.md') ? indexes : others).push({ path, blob });
  }
  return [...indexes, ...others];
}

function resource(path: string, content: string): Resource {
  const { title, updated } = readDocument(content)?.facts ?? {};
  return visible({
    ...{ uri: resourceAddress(path), name: path, mimeType: MARKDOWN, size: Buffer.byteLength(content) },
    ...(title && { title }),
    ...(updated && { annotations: { lastModified: updated } }),
  });
}

async function orProtocolError<T>(
  address: string,
  knowledge: KnowledgeOptions,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    if (isCtxError(error) && (error.is('history.unknown-document') || error.is('history.gone')))
      throw new ResourceNotFoundError(address);
    const { message, hint } = known(error, knowledge);
    const isAskers = isCtxError(error) && error.kind === 'usage';
    const code = isAskers ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError;
    throw new ProtocolError(code, visible(`${message} ${hint}`));
  }
}
