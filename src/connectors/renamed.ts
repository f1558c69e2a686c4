import { stripInvisible } from '../core/invisible.ts';

/**
 * Whether a name in the repository is another than its source has now. The repository has it without invisible
 * characters; what a secret was replaced in can't be compared.
 */
export function isRenamed(written: string, current: string): boolean {
  return written !== current && written !== stripInvisible(current).text && !written.includes('[redacted:');
}
