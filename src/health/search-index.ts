import { readableSize } from '../connectors/readable-size.ts';
import { counted } from '../core/counted.ts';
import { lookAtIndex } from '../search/index/look.ts';
import { type Check, ok, skip } from './check.ts';

/** Whether the search index is of the repository as it is. A search brings it up to date by itself. */
export const indexCheck: Check = {
  name: 'index',
  async run({ repo, loaded }) {
    if (repo?.head == null) return skip('no commit to search in');
    const index = await lookAtIndex(repo.gitDir, loaded?.config.search?.store);
    if (index === undefined) return ok('none yet: the first search makes it');
    const size = `${counted(index.documents, 'document')}, ${counted(index.chunks, 'chunk')}, ${readableSize(index.bytes)}`;
    if (index.commit === repo.head) return ok(`${size}, up to date`);
    return {
      status: 'warn',
      detail: `${size}, of ${index.commit === undefined ? 'no commit' : `commit ${index.commit.slice(0, 10)}`}`,
      fix: 'The next search brings it up to date; `ctx index` does so now.',
    };
  },
};
