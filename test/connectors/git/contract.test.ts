import { git } from '../../../src/connectors/git/index.ts';
import { sourceSuite } from '../../contract/source-suite.ts';
import { namedFiles } from '../../harness/local-fixture.ts';
import { project } from './project.ts';

sourceSuite({
  type: 'git',
  definition: git,
  identifiesByName: true,
  async start() {
    const { path, commit } = project();
    return namedFiles(
      git,
      { id: 'git', type: 'git', path, documents: ['*.md'], exclude: [], optional: false },
      (name, content) => commit({ [name]: content }),
    );
  },
});
