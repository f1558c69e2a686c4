import type { AuthCallback, HttpClient } from 'isomorphic-git';
import node from 'isomorphic-git/http/node';
import type { Remote } from '../credentials.ts';

/** isomorphic-git speaks HTTP only. */
export const isHttp = (url: string): boolean => /^https?:\/\//i.test(url);

const MAX_REDIRECTS = 5;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/**
 * isomorphic-git's client, but for its redirects: they would carry the authorization to another port of the host, and
 * from https to http. Here it stays with the origin that asked for it, and is not taken up again on the way back.
 */
export const http: HttpClient = {
  async request(asked) {
    let { url, headers = {} } = asked;
    for (let redirects = 0; ; redirects += 1) {
      const answer = await node.request({ ...asked, url, headers, fetchOptions: { followRedirects: false } });
      const { location } = answer.headers ?? {};
      const leads =
        asked.method !== 'POST' && REDIRECTS.includes(answer.statusCode) && location !== undefined;
      if (!leads || redirects === MAX_REDIRECTS || !URL.canParse(location, url)) return answer;
      await answer.body?.return?.();
      const next = new URL(location, url);
      if (!isHttp(next.href)) return answer;
      if (next.origin !== new URL(url).origin) headers = withoutAuthorization(headers);
      url = next.href;
    }
  },
};

function withoutAuthorization(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'),
  );
}

/** Called when the remote asks who it is, once; to cancel ends with an error of its own. */
export function onAuth({ credentials }: Remote): AuthCallback {
  return () => (credentials === undefined ? { cancel: true } : { ...credentials });
}
