const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };

/** The only escapes that Slack knows (https://docs.slack.dev/messaging/formatting-message-text#escaping). */
export function unescaped(value: string): string {
  return value.replace(/&(amp|lt|gt);/g, (_, name: string) => CHARACTERS[name] ?? '');
}
