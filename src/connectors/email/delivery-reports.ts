import type { DeliveryReport } from './mail.ts';

const MAX_RECIPIENTS = 50;

/** What a `message/delivery-status` part says of each recipient. Its first block is of the server. */
export function deliveryReportsIn(status: string): DeliveryReport[] {
  const blocks = status.replaceAll('\r', '').split(/\n[ \t]*\n+/);
  return blocks
    .map(reportOf)
    .filter((report) => report !== undefined)
    .slice(0, MAX_RECIPIENTS);
}

function reportOf(block: string): DeliveryReport | undefined {
  const fields = new Map(
    block
      .replace(/\n[ \t]+/g, ' ')
      .split('\n')
      .map((line) => /^([\w-]+):\s*(.*)$/.exec(line))
      .filter((match) => match !== null)
      .map(([, name = '', value = '']) => [name.toLowerCase(), value.trim()]),
  );
  /** Most values say first what kind they are of, such as `rfc822; ann@acme.example`. */
  const typed = (name: string) => fields.get(name)?.replace(/^[\w-]+\s*;\s*/, '') || undefined;
  const recipient = typed('final-recipient') ?? typed('original-recipient');
  const action = fields.get('action') || undefined;
  if (recipient === undefined && action === undefined) return undefined;
  const status = fields.get('status') || undefined;
  const diagnostic = typed('diagnostic-code');
  return {
    ...(recipient && { recipient }),
    ...(action && { action: action.toLowerCase() }),
    ...(status && { status }),
    ...(diagnostic && { diagnostic }),
  };
}
