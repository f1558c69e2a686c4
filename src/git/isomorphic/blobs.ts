import { deflateSync, inflateSync } from 'node:zlib';
import git from 'isomorphic-git';
import { ctxError } from '../../core/errors/index.ts';
import type { TreeEntry } from '../repo.ts';
import { blobId } from '../work-tree.ts';
import type { ObjectStore } from './trees.ts';

/*
 * Blobs are packed and unpacked by Node's zlib: isomorphic-git's own way, made for browsers too, takes
 * about twice as long and half as much memory again for a first build.
 */

/** The quickest: documents are small, and git packs loose objects anew whenever it collects garbage. */
const LEVEL = 1;

export async function writeBlob(store: ObjectStore, oid: string, content: Uint8Array): Promise<void> {
  const wrapped = Buffer.concat([Buffer.from(`blob ${content.byteLength}\0`), content]);
  const object = deflateSync(wrapped, { level: LEVEL });
  await git.writeObject({ ...store, type: 'blob', format: 'deflated', object, oid });
}

/** Fails with `git.missing-object` when there is no such blob or it is damaged. */
export async function readBlob(store: ObjectStore, { oid, path }: TreeEntry): Promise<Uint8Array> {
  try {
    const { format, object } = await git.readObject({ ...store, oid, format: 'deflated' });
    const bytes = object as Uint8Array;
    const content = format === 'deflated' ? withoutHeader(inflateSync(bytes)) : bytes;
    if (blobId('sha1', content) !== oid) throw new Error('its content is not what its id says');
    return content;
  } catch (error) {
    throw ctxError('git.missing-object', { oid, path }, error);
  }
}

const withoutHeader = (wrapped: Buffer): Buffer => wrapped.subarray(wrapped.indexOf(0) + 1);
