/*
 * What exports of former years write otherwise than the Web API does now.
 */

type Json = { readonly [name: string]: unknown };

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A message with one shared file beside it, and a root that counts its replies in a list alone. */
export function modernized(message: Json): Json {
  const { file, files, ts, thread_ts: thread, replies, reply_count: count } = message;
  const answers = Array.isArray(replies) ? replies.filter(isRecord) : [];
  const isUncounted = answers.length > 0 && typeof count !== 'number';
  return {
    ...message,
    ...(isRecord(file) && files === undefined && { files: [file] }),
    ...(isUncounted && { reply_count: answers.length, thread_ts: thread ?? ts }),
  };
}
