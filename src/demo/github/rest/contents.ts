import { createHash } from 'node:crypto';
import { type Answer, ok } from '../../answer.ts';
import { textOf } from '../../workspace/model.ts';
import { repositoryUrl } from '../urls.ts';
import { nameOf } from '../workspace.ts';
import { type InRepository, notFound } from './call.ts';

const README = /^readme(?:\.(?:md|rst|txt|adoc))?$/i;

export function readme(call: InRepository): Answer {
  const path = [...call.repository.files.keys()].find((each) => README.test(each));
  return path === undefined ? notFound() : fileAnswer(call, path);
}

/** A file, or the list of a folder. */
export function contents(call: InRepository): Answer {
  const { files } = call.repository;
  const path = (call.params.path ?? '').replace(/\/$/, '');
  if (files.has(path)) return fileAnswer(call, path);
  const below = path === '' ? '' : `${path}/`;
  const names = [...files.keys()]
    .filter((each) => each.startsWith(below))
    .map((each) => each.slice(below.length).split('/', 1)[0] ?? '');
  if (names.length === 0) return notFound();
  return ok([...new Set(names)].sort().map((name) => entry(call, `${below}${name}`)));
}

function fileAnswer(call: InRepository, path: string): Answer {
  const bytes = bytesOf(call, path);
  if (/application\/vnd\.github(\.v3)?\.raw/.test(call.accept))
    return {
      status: 200,
      headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' },
      body: bytes,
    };
  const content = bytes.toString('base64').replaceAll(/.{60}/g, '$&\n');
  return ok({ ...entry(call, path), content: `${content}\n`, encoding: 'base64' });
}

function entry(call: InRepository, path: string): object {
  const { repository, api, web } = call;
  const isFile = repository.files.has(path);
  const bytes = isFile ? bytesOf(call, path) : Buffer.from(path);
  const sha = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  const branch = repository.defaultBranch;
  const escaped = path.split('/').map(encodeURIComponent).join('/');
  const url = `${api}/repos/${nameOf(repository)}/contents/${escaped}?ref=${branch}`;
  const kind = isFile ? 'blob' : 'tree';
  const git = `${api}/repos/${nameOf(repository)}/git/${kind}s/${sha}`;
  const html = `${repositoryUrl(web, repository)}/${kind}/${branch}/${escaped}`;
  return {
    ...{
      name: path.split('/').at(-1),
      path,
      sha,
      size: isFile ? bytes.length : 0,
      url,
      html_url: html,
      git_url: git,
    },
    download_url: isFile ? `${repositoryUrl(web, repository)}/raw/${branch}/${escaped}` : null,
    type: isFile ? 'file' : 'dir',
    _links: { self: url, git, html },
  };
}

const bytesOf = ({ repository, atlassianSite }: InRepository, path: string): Buffer =>
  Buffer.from(textOf(repository.files.get(path) ?? '').replaceAll('@@SITE@@', atlassianSite));
