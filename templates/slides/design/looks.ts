import type { Look } from './presentation.ts';

/** The templates that come with the program. */
export const LOOKS: Readonly<Record<string, Look>> = {
  'quarterly-review': { title: 'Quarterly review', accent: '0F6E66', tint: 'A5CFCB' },
  'incident-review': { title: 'Incident review', accent: 'B03A2E', tint: 'E3B8B3' },
  'weekly-changes': { title: 'Weekly changes', accent: '2F4B9A', tint: 'B3C0E2' },
};
