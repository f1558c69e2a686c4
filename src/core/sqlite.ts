import { createRequire } from 'node:module';

/**
 * Loads `node:sqlite` without the notice that it is experimental, which Node 22 prints on first use. Loading is
 * synchronous, so that no other warning can come in between, and others of its own are passed on.
 */
export function loadSqlite(): typeof import('node:sqlite') {
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error, ...rest: never[]) => {
    if (!String(warning).startsWith('SQLite is an experimental feature'))
      emitWarning.call(process, warning, ...rest);
  };
  try {
    return createRequire(import.meta.url)('node:sqlite') as typeof import('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
