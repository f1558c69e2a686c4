/**
 * How often a method may be called in a minute, for each app and workspace: https://docs.slack.dev/apis/web-api/rate-limits. Each method's
 * page names its tier, such as https://docs.slack.dev/reference/methods/conversations.history.
 */
const TIERS = { tier2: 20, tier3: 50, tier4: 100 } as const;

const METHODS: Readonly<Record<string, keyof typeof TIERS>> = {
  'auth.test': 'tier4',
  'conversations.history': 'tier3',
  'conversations.list': 'tier2',
  'conversations.replies': 'tier3',
  'search.messages': 'tier2',
  'team.info': 'tier3',
  'usergroups.list': 'tier2',
  'users.list': 'tier2',
};

export function perMinuteOf(method: string): number {
  return TIERS[METHODS[method] ?? 'tier2'];
}
