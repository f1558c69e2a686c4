import { execFile, spawnSync } from 'node:child_process';
import { basename, extname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether decks can be opened on this machine; if not, it is said so. */
export const hasLibreOffice = [
  ['soffice', '--version'],
  ['pdftotext', '-v'],
].every(([program = '', argument = '']) => spawnSync(program, [argument]).status === 0);
if (!hasLibreOffice)
  process.stderr.write(
    'skipped: no LibreOffice on this machine; test/harness/install-libreoffice.sh installs it\n',
  );

/** Opens a deck and answers the text of each of its pages. */
export async function openDeck(file: string, folder: string): Promise<string[]> {
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  await run('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, file]);
  const pdf = join(folder, `${basename(file, extname(file))}.pdf`);
  const { stdout } = await run('pdftotext', ['-layout', pdf, '-']);
  // Every page ends with a form feed.
  return stdout.split('\f').slice(0, -1);
}
