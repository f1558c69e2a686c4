import { ctxError } from '../core/errors/index.ts';
import { DAILY_HOUR, minutesOf } from './calendar.ts';
import { type Job, MARK } from './job.ts';

export const LABEL = 'local.context-sync';

/** The property list of the agent: https://developer.apple.com/library/archive/documentation/MacOSX/Conceptual/BPSystemStartup/Chapters/ScheduledJobs.html */
export function launchAgent({ every, minute }: Job, script: string, log: string): string {
  const times = minutesOf(every, minute).map((each) => ({
    ...(every === 'daily' && { Hour: DAILY_HOUR }),
    Minute: each,
  }));
  const agent = {
    Label: LABEL,
    ProgramArguments: ['/bin/sh', script],
    // What is missed while the machine sleeps is made up for when it wakes, once.
    StartCalendarInterval: times,
    ProcessType: 'Background',
    LowPriorityIO: true,
    // For what keeps the script itself from running.
    StandardOutPath: log,
    StandardErrorPath: log,
  };
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- ${MARK} -->
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
${element(agent, '')}
</plist>
`;
}

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

function element(value: Value, indent: string): string {
  const inner = `${indent}  `;
  if (typeof value === 'boolean') return `${indent}<${value}/>`;
  if (typeof value === 'number') return `${indent}<integer>${value}</integer>`;
  if (typeof value === 'string') return `${indent}<string>${escaped(value)}</string>`;
  if (Array.isArray(value))
    return `${indent}<array>\n${value.map((each) => `${element(each, inner)}\n`).join('')}${indent}</array>`;
  const entries = Object.entries(value).map(
    ([key, each]) => `${inner}<key>${escaped(key)}</key>\n${element(each, inner)}\n`,
  );
  return `${indent}<dict>\n${entries.join('')}${indent}</dict>`;
}

function escaped(text: string): string {
  // XML 1.0 can't hold these, by no escape: https://www.w3.org/TR/xml/#charsets
  if (/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.test(text))
    throw ctxError('schedule.bad-path', { kind: 'launchd', path: text });
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
