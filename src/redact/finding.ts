/** A secret's place in a text, in UTF-16 units, end exclusive. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  /** Lower case words joined by `-`, such as `aws-access-key`. */
  readonly kind: string;
}

const placeholder = /\[redacted:[a-z0-9-]+\]/g;

/** The pipeline's marks around link destinations: they outlive a redaction that covers them. */
const linkMarks = /[\uFDD0\uFDD1]/g;
const nothingElse = /^(?:\[redacted:[a-z0-9-]+\]|[\uFDD0\uFDD1])*$/;

/**
 * Overlapping findings become one that covers them all, of the longest one's kind. Placeholders of an earlier
 * redaction are never cut in two, and a finding that holds nothing but placeholders is none.
 */
export function merge(text: string, findings: readonly Finding[]): Finding[] {
  if (findings.length === 0) return [];
  const existing = [...text.matchAll(placeholder)].map(
    ({ index, 0: { length } }) => [index, index + length] as const,
  );
  const merged: Finding[] = [];
  let longest = 0;
  for (const finding of findings
    .map((each) => widen(each, existing))
    .sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (nothingElse.test(text.slice(finding.start, finding.end))) continue;
    const last = merged.at(-1);
    const length = finding.end - finding.start;
    if (last === undefined || finding.start >= last.end) {
      merged.push(finding);
      longest = length;
      continue;
    }
    const kind = length > longest ? finding.kind : last.kind;
    merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, finding.end), kind };
    longest = Math.max(longest, length);
  }
  return merged;
}

function widen(finding: Finding, existing: readonly (readonly [number, number])[]): Finding {
  let { start, end } = finding;
  for (const [from, to] of existing) {
    if (from < start && start < to) start = from;
    if (from < end && end < to) end = to;
  }
  return { start, end, kind: finding.kind };
}

const inRun = /[^\s\uFDD0\uFDD1]*/y;
const outOfRun = /[\s\uFDD0\uFDD1]/;

/** The findings, each with all that stands around it up to white space or a mark. */
export function inWholeRuns(text: string, findings: readonly Finding[]): Finding[] {
  let runEnd = 0;
  let runStart = 0;
  return findings
    .toSorted((a, b) => a.start - b.start)
    .map(({ start, end, kind }) => {
      if (start >= runEnd) {
        for (runStart = start; runStart > runEnd && !outOfRun.test(text[runStart - 1] ?? ''); ) runStart -= 1;
      }
      inRun.lastIndex = Math.max(end, runEnd);
      runEnd = inRun.lastIndex + (inRun.exec(text)?.[0].length ?? 0);
      return { start: runStart, end: runEnd, kind };
    });
}

/** Puts `[redacted:<kind>]` in the place of each of the merged findings. */
export function replaceAll(text: string, findings: readonly Finding[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, kind } of findings) {
    const marks = text.slice(start, end).match(linkMarks) ?? [];
    parts.push(text.slice(at, start), `[redacted:${kind}]`, ...marks);
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}
