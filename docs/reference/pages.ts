import { renderingPage } from '../../src/markdown/reference/page.ts';
import { commandLinePage } from './pages/command-line.ts';
import { configurationPage } from './pages/configuration.ts';
import { errorsPage } from './pages/errors.ts';
import { frontmatterPage } from './pages/frontmatter.ts';
import { performancePage } from './pages/performance.ts';

/** The pages of this folder that are made from code, by their names. */
export const REFERENCE: Readonly<Record<string, () => string>> = {
  'cli.md': commandLinePage,
  'configuration.md': configurationPage,
  'errors.md': errorsPage,
  'frontmatter.md': frontmatterPage,
  'performance.md': performancePage,
  'rendering.md': renderingPage,
};
