import { ok, v2NotFound } from '../answer.ts';
import { pageOfResults } from '../paging.ts';
import type { Handler, RouteEntry } from '../router.ts';
import { maySee } from '../workspace/access.ts';
import { listParameter } from './reading.ts';
import { showAttachment } from './views.ts';

/** All files of the site that hang on content which the account may see and which is not in the trash. */
const listAttachments: Handler = (call) => {
  const { workspace, query } = call;
  const [name, mediaType] = [query.get('filename'), query.get('mediaType')];
  const isWanted = listParameter(call, 'status')?.includes('current') ?? true;
  const files = [...workspace.attachments.values()].filter((file) => {
    const page = workspace.content.get(file.pageId);
    return (
      isWanted &&
      page?.status === 'current' &&
      maySee(workspace, page) &&
      (name === null || file.title === name) &&
      (mediaType === null || file.mediaType === mediaType)
    );
  });
  return ok(pageOfResults(call, files, (file) => showAttachment(workspace, file), 50));
};

const getAttachment: Handler = (call) => {
  const file = call.workspace.attachments.get(call.params.id ?? '');
  const page = file === undefined ? undefined : call.workspace.content.get(file.pageId);
  if (file === undefined || page === undefined || !maySee(call.workspace, page)) return v2NotFound();
  const shown = showAttachment(call.workspace, file);
  return ok({ ...shown, _links: { ...shown._links, base: `${call.settings.site}/wiki` } });
};

export const attachmentRoutes: readonly RouteEntry[] = [
  ['GET /wiki/api/v2/attachments', listAttachments],
  ['GET /wiki/api/v2/attachments/:id', getAttachment],
];
