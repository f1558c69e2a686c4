import type { Finding } from './finding.ts';
import { matchesOf } from './matches.ts';

/**
 * Tokens that have a shape of their own, mostly by their beginning: where secretlint's recommended rules know none, leave it off
 * (AWS key ids), know an older form, or want surroundings that a page does not have. Shapes without a link are those of
 * https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml.
 */
const shapes: readonly (readonly [kind: string, shape: string])[] = [
  // https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/; behind their type
  // all begin with the same encoded header. App passwords of Bitbucket have none.
  ['atlassian-token', String.raw`AT(?:[A-Z]{2,3}\d?xFfG|(?:ATT|CTT|STT|OTT)3)[\w=-]{16,}`],
  ['atlassian-token', 'ATBB[A-Za-z0-9_=-]{20,}'],
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  ['aws-access-key', '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])'],
  // What session tokens of AWS STS begin with, in base64.
  ['aws-session-token', '(?:IQoJb3JpZ2luX2Vj|FwoGZXIvYXdz)[A-Za-z0-9+/=%]{64,}'],
  ['aws-bedrock-key', 'ABSK[A-Za-z0-9+/]{100,}={0,2}'],
  ['google-api-key', String.raw`AIza[\w-]{35}(?![\w-])`],
  ['google-oauth-secret', String.raw`GOCSPX-[\w-]{28}(?![\w-])`],
  ['google-oauth-token', String.raw`ya29\.[\w-]{20,}`],
  ['google-oauth-token', String.raw`1\/\/0[\w-]{40,}`],
  // https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats
  // and, for `ghs_` before a JWT, https://github.blog/changelog/2026-04-24-notice-about-upcoming-new-format-for-github-app-installation-tokens/
  ['github-token', String.raw`ghs_\d{1,20}_eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}`],
  ['github-token', String.raw`(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{40,})`],
  // https://docs.gitlab.com/security/tokens/#token-prefixes
  [
    'gitlab-token',
    String.raw`(?:gl(?:pat|oas|dt|rtr?|cbt|ptt|ft|imt|agent|wt|soat|ffct)-|GR1348941)[\w-]{20,}(?:\.\w{2,}){0,2}`,
  ],
  // https://docs.slack.dev/authentication/tokens
  ['slack-token', String.raw`(?:xox[a-z](?:\.xox[a-z])?|xapp)-[\w%-]{10,}`],
  ['age-secret-key', 'AGE-SECRET-KEY-1[0-9A-Z]{58}'],
  ['airtable-token', String.raw`pat[A-Za-z0-9]{14}\.[0-9a-f]{64}`],
  ['anthropic-api-key', String.raw`sk-ant-[a-z0-9]{2,12}-[\w-]{32,}`],
  ['digitalocean-token', 'do[opr]_v1_[0-9a-f]{64}'],
  ['doppler-token', String.raw`dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[\w-]{2,35}\.)?[A-Za-z0-9]{40,}`],
  ['dynatrace-token', String.raw`dt0[a-z]\d{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}`],
  ['heroku-token', String.raw`HRKU-AA[\w-]{58}`],
  ['new-relic-key', 'NRAK-[A-Z0-9]{27}'],
  ['npm-access-token', 'npm_[A-Za-z0-9]{36,}'],
  ['openai-token', String.raw`sk-(?:proj|svcacct|admin|or-v1)-[\w-]{32,}`],
  ['planetscale-token', String.raw`pscale_(?:tkn|pw|oauth)_[\w=.-]{32,}`],
  ['postman-key', 'PMAK-[0-9a-f]{24}-[0-9a-f]{34}'],
  ['pulumi-token', 'pul-[0-9a-f]{40}'],
  // https://docs.pypi.org/api/secrets/: a macaroon of version 2.
  ['pypi-token', String.raw`pypi-AgE[\w-]{50,}`],
  ['rubygems-key', 'rubygems_[0-9a-f]{48}'],
  ['sentry-token', 'sntry[su]_[A-Za-z0-9+/=_]{40,}'],
  ['square-token', String.raw`sq0(?:atp|csp)-[\w-]{22,}`],
  ['stripe-webhook-secret', 'whsec_[A-Za-z0-9+/]{24,}={0,2}'],
  ['supabase-key', String.raw`sb(?:p_[0-9a-f]{40}|_secret_[\w-]{22,})`],
  // https://learn.microsoft.com/en-us/purview/sit-defn-azure-ad-client-secret
  ['azure-client-secret', String.raw`[\w~.]{3}\dQ~[\w~.-]{31,34}(?![\w~-])`],
  // https://learn.microsoft.com/en-us/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate
  ['azure-devops-token', '[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}(?![A-Za-z0-9])'],
  // https://learn.microsoft.com/en-us/purview/sit-defn-azure-storage-account-key-generic
  ['azure-account-key', String.raw`[A-Za-z0-9+/]{76}(?:\+ASt|\+ABa|ACDb)[A-Za-z0-9+/]{5}[AQgw]==`],
  // https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens
  ['terraform-token', String.raw`[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,}`],
  ['jwt', String.raw`(?:(?<![_-])|(?<=%[0-9A-Fa-f]{2}))eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]+){0,2}`],
  // https://core.telegram.org/bots/api#authorizing-your-bot
  ['telegram-token', String.raw`(?:bot)?\d{8,10}:AA[\w-]{33}(?![\w-])`],
];

/** All of them in one pass, many times faster than one each; the group that matched tells which. */
const anyShape = new RegExp(
  `(?:(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f]{2}))(?:${shapes.map(([, shape]) => `(${shape})`).join('|')})`,
  'g',
);

/** What the rules' version is made from. */
export const shapePatterns: readonly RegExp[] = [anyShape];

/** The kinds that these rules give. */
export const shapeKinds: readonly string[] = shapes.map(([kind]) => kind);

export function findShapes(text: string): Finding[] {
  return [...matchesOf(anyShape, text)].map((match) => {
    const group = match.findIndex((found, index) => index > 0 && found !== undefined);
    const [kind] = shapes[group - 1] as readonly [string, string];
    return { start: match.index, end: match.index + match[0].length, kind };
  });
}
