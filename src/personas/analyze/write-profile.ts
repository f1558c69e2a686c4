import { stringify } from 'yaml';
import type { Profile } from '../profile.ts';

/** What every profile begins with, and nothing else. */
export const PROFILE_HEADING = '# A style profile, written by ctx persona analyze.';

const EXPLAINED = [
  'Each figure says of how many messages (or sentences, words, answers) it is; of fewer than least_samples it says nothing else.',
  'Shares are from 0 to 1; p50 is the median, p90 what nine of ten do not exceed. Edit, or take out, what is not to be told.',
];

export function writeProfile(profile: Profile): string {
  const lines = [PROFILE_HEADING, ...EXPLAINED.map((line) => `# ${line}`)];
  return `${lines.join('\n')}\n${stringify(profile, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}
