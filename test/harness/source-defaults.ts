import type { AtlassianSource } from '../../src/config/schema.ts';

/** What every source of the tests says of Atlassian that both kinds have, unless a test is about it. */
export const SOURCE_DEFAULTS: Pick<
  AtlassianSource,
  'comments' | 'attachments' | 'max_attachment_mb' | 'optional' | 'include_restricted' | 'exclude'
> = {
  comments: true,
  attachments: 'referenced',
  max_attachment_mb: 25,
  optional: false,
  include_restricted: false,
  exclude: [],
};
