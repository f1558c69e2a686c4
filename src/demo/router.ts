import type { Answer, Call } from './answer.ts';

export type Handler = (call: Call) => Answer;

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handle: Handler;
}

/** `['GET /wiki/api/v2/pages/:id', handler]`; a parameter matches one segment. */
export type RouteEntry = readonly [string, Handler];

export interface Match {
  readonly handle: Handler;
  readonly params: Readonly<Record<string, string>>;
}

export type Router = (method: string, path: string) => Match | undefined;

export function createRouter(entries: readonly RouteEntry[]): Router {
  const routes = entries.map(toRoute);
  return (method, path) => {
    for (const route of routes) {
      const match = route.method === method ? route.pattern.exec(path) : null;
      if (match === null) continue;
      const params = Object.entries(match.groups ?? {}).map(([name, value]) => [
        name,
        decodeURIComponent(value),
      ]);
      return { handle: route.handle, params: Object.fromEntries(params) };
    }
    return undefined;
  };
}

function toRoute([signature, handle]: RouteEntry): Route {
  const [method = '', path = ''] = signature.split(' ');
  const pattern = path.replaceAll('.', '\\.').replace(/:(\w+)/g, '(?<$1>[^/]+)');
  return { method, pattern: new RegExp(`^${pattern}/?$`), handle };
}
