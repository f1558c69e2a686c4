import { COMMITS, MORNING } from './content/commits.ts';
import { fastImportStream } from './fast-import.ts';

export interface CompanyCodeOptions {
  /** With what has been committed by the end of the morning that the demo shows. */
  readonly isMorningOver?: boolean;
}

/** What the repository is called, and where it is shown on the web. */
export const CODE = {
  name: 'checkout',
  url: 'https://github.fernhollow.example/fernhollow/checkout',
} as const;

/** The repository of Fernhollow's checkout, billing and nightly jobs as `git fast-import` reads it: the same commits each time. */
export const companyCode = ({ isMorningOver = false }: CompanyCodeOptions = {}): string =>
  fastImportStream([...COMMITS, ...(isMorningOver ? MORNING : [])]);
