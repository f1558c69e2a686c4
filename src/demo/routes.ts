import { type Answer, jiraError, ok, v1Error, v2NotFound } from './answer.ts';
import type { Address } from './auth.ts';
import { attachmentRoutes } from './confluence/attachments.ts';
import { commentRoutes } from './confluence/comments.ts';
import { pageRoutes } from './confluence/pages.ts';
import { spaceRoutes } from './confluence/spaces.ts';
import { v1Routes } from './confluence/v1.ts';
import { controlRoutes } from './control.ts';
import { jiraRoutes } from './jira/routes.ts';
import { createRouter, type RouteEntry, type Router } from './router.ts';

const edgeRoutes: readonly RouteEntry[] = [
  ['GET /_edge/tenant_info', (call) => ok({ cloudId: call.settings.cloudId })],
];

export function routes(options: { readonly control: boolean }): Router {
  return createRouter([
    ...(options.control ? controlRoutes : []),
    ...edgeRoutes,
    ...spaceRoutes,
    ...attachmentRoutes,
    ...pageRoutes,
    ...commentRoutes,
    ...v1Routes,
    ...jiraRoutes,
  ]);
}

export function noSuchPath(address: Address): Answer {
  if (address.product === 'jira') return jiraError(404, 'No endpoint exists at this address.');
  if (address.path.startsWith('/wiki/api/v2/')) return v2NotFound();
  return v1Error(404, `null for uri: ${address.path}`);
}
