import type { Answer } from '../../answer.ts';
import { textOf } from '../../workspace/model.ts';
import { nodeId } from '../ids.ts';
import { repositoryUrl } from '../urls.ts';
import { type Asset, nameOf, type Release } from '../workspace.ts';
import type { InRepository } from './call.ts';
import { listed } from './paging.ts';
import { simpleUser } from './people.ts';

/** Published ones, the newest first. */
export function releases(call: InRepository): Answer {
  const published = call.repository.releases.filter(({ publishedAt }) => publishedAt !== null);
  const newestFirst = published.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  return listed(call, newestFirst, (release) => releaseView(call, release));
}

function releaseView(call: InRepository, release: Release): object {
  const { repository, api, web } = call;
  const { id, tag, name, createdAt, publishedAt, prerelease, target } = release;
  const base = `${api}/repos/${nameOf(repository)}`;
  const url = `${base}/releases/${id}`;
  return {
    ...{ url, html_url: `${repositoryUrl(web, repository)}/releases/tag/${encodeURIComponent(tag)}` },
    ...{ assets_url: `${url}/assets`, upload_url: `${url}/assets{?name,label}` },
    ...{ tarball_url: `${base}/tarball/${tag}`, zipball_url: `${base}/zipball/${tag}` },
    ...{ id, node_id: nodeId('Release', repository.databaseId, id), tag_name: tag, target_commitish: target },
    ...{ name, body: textOf(release.body), draft: false, prerelease, immutable: false },
    ...{ created_at: createdAt, published_at: publishedAt, updated_at: publishedAt },
    author: simpleUser(call, release.author),
    assets: release.assets.map((asset) => assetView(call, release, asset)),
  };
}

function assetView(
  call: InRepository,
  { tag, createdAt, author, id: release }: Release,
  asset: Asset,
): object {
  const { repository, api, web } = call;
  const { id, name, contentType, size } = asset;
  return {
    url: `${api}/repos/${nameOf(repository)}/releases/assets/${id}`,
    browser_download_url: `${repositoryUrl(web, repository)}/releases/download/${encodeURIComponent(tag)}/${name}`,
    ...{ id, node_id: nodeId('ReleaseAsset', repository.databaseId, release, id), name, label: null },
    ...{ state: 'uploaded', content_type: contentType, size, digest: null, download_count: 0 },
    ...{ created_at: createdAt, updated_at: createdAt, uploader: simpleUser(call, author) },
  };
}
