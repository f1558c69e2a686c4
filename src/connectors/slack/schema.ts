import { z } from 'zod';

/**
 * What is used of Slack's answers (https://docs.slack.dev/reference/methods). Unknown members pass. What stands in names of
 * files or in addresses has a shape: an answer of another is refused.
 */

const id = z.string().regex(/^[A-Z][A-Z0-9]{1,31}$/);

/** Seconds and microseconds; never a number, which could not hold all of its digits. */
export const timestamp = z.string().regex(/^\d{1,12}\.\d{6}$/);

const optionalText = z.string().nullish();
const flag = z.boolean().nullish();

const listing = z.looseObject({ next_cursor: optionalText }).nullish();

export const authTest = z.looseObject({ url: z.string(), team_id: id, user_id: id, bot_id: id.nullish() });

export const teamInfo = z.looseObject({ team: z.looseObject({ domain: z.string(), name: z.string() }) });

export const channel = z.looseObject({
  id,
  name: optionalText,
  user: id.nullish(),
  /** Both people of a direct message, in an export. */
  members: z.array(z.string()).nullish(),
  is_im: flag,
  is_mpim: flag,
  is_private: flag,
  is_archived: flag,
  is_member: flag,
});
export type Channel = z.output<typeof channel>;

export const channelInfo = z.looseObject({ channel });

export const channelPage = z.looseObject({ channels: z.array(channel), response_metadata: listing });

export const user = z.looseObject({
  id,
  name: optionalText,
  real_name: optionalText,
  profile: z
    .looseObject({ display_name: optionalText, real_name: optionalText, email: optionalText })
    .nullish(),
});
export type User = z.output<typeof user>;

export const userPage = z.looseObject({ members: z.array(user), response_metadata: listing });

export const groupList = z.looseObject({
  usergroups: z.array(z.looseObject({ id, handle: optionalText, name: optionalText })),
});

const reaction = z.looseObject({ name: z.string(), count: z.number().nullish() });

const file = z.looseObject({
  id,
  name: optionalText,
  title: optionalText,
  mimetype: optionalText,
  size: z.number().nullish(),
  mode: optionalText,
  permalink: optionalText,
  url_private_download: optionalText,
  url_private: optionalText,
});
export type SharedFile = z.output<typeof file>;

/** Of a message's content nothing is checked here: its reader takes whatever comes. */
export const message = z.looseObject({
  ts: timestamp,
  thread_ts: timestamp.nullish(),
  subtype: optionalText,
  user: optionalText,
  username: optionalText,
  bot_id: optionalText,
  bot_profile: z.looseObject({ name: optionalText }).nullish(),
  edited: z.looseObject({ ts: timestamp }).nullish(),
  reply_count: z.number().nullish(),
  latest_reply: timestamp.nullish(),
  reply_users: z.array(z.string()).nullish(),
  reply_users_count: z.number().nullish(),
  reactions: z.array(reaction).nullish(),
  files: z.array(file).nullish(),
});
export type Message = z.output<typeof message>;

export const messagePage = z.looseObject({
  messages: z.array(message),
  has_more: flag,
  response_metadata: listing,
});

export const searchPage = z.looseObject({
  messages: z.looseObject({
    matches: z.array(
      z.looseObject({ ts: timestamp, permalink: optionalText, channel: z.looseObject({ id }).nullish() }),
    ),
    paging: z.looseObject({ pages: z.number().nullish() }).nullish(),
  }),
});
