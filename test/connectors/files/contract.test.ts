import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { files } from '../../../src/connectors/files/index.ts';
import { sourceSuite } from '../../contract/source-suite.ts';
import { put, temporaryFolder } from '../../git/fixture.ts';
import { namedFiles } from '../../harness/local-fixture.ts';

sourceSuite({
  type: 'files',
  definition: files,
  identifiesByName: true,
  async start() {
    const path = temporaryFolder();
    return namedFiles(
      files,
      { id: 'files', type: 'files', path, copy: true, include: ['*.md'], exclude: [], optional: false },
      (name, content) => (content === null ? rmSync(join(path, name)) : put(path, name, content)),
    );
  },
});
