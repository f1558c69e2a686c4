import type { PhrasingContent, RootContent } from 'mdast';
import { counted } from '../../core/counted.ts';
import { bulletList, link, text } from '../nodes.ts';
import type { TimelineItem } from './schema.ts';
import { minuteOf, type Writing } from './writing.ts';

/** What happened, in its order: a line for each event, and comments and reviews with their texts. */
export function timelineBlocks(
  items: readonly TimelineItem[],
  writing: Writing,
  { comments }: { readonly comments: boolean },
): RootContent[] {
  const blocks: RootContent[] = [];
  let lines: PhrasingContent[][] = [];
  const flush = () => {
    if (lines.length === 0) return;
    // What follows a comment would look like a part of it.
    if (blocks.length > 0) blocks.push({ type: 'thematicBreak' });
    blocks.push(bulletList(lines));
    lines = [];
  };
  for (const [index, item] of items.entries()) {
    if (isMergeAgain(item, items[index - 1])) continue;
    if (isText(item)) {
      if (!comments) continue;
      flush();
      blocks.push(...textBlock(item, writing));
    } else {
      const line = eventLine(item, writing);
      if (line) lines.push(line);
    }
  }
  flush();
  return blocks;
}

/** What is merged is closed by it. */
function isMergeAgain(item: TimelineItem, before: TimelineItem | undefined): boolean {
  return (
    item.__typename === 'ClosedEvent' &&
    before?.__typename === 'MergedEvent' &&
    item.createdAt === before.createdAt
  );
}

function isText({ __typename: type, body }: TimelineItem): boolean {
  return type === 'IssueComment' || (type === 'PullRequestReview' && Boolean(body?.trim()));
}

/** https://docs.github.com/en/graphql/reference/enums#pullrequestreviewstate */
const VERDICTS: Readonly<Record<string, string>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'requested changes',
  COMMENTED: 'reviewed',
  DISMISSED: 'reviewed (dismissed)',
};

function textBlock(item: TimelineItem, writing: Writing): RootContent[] {
  if (item.__typename === 'IssueComment') return writing.comment(item, 3);
  if (item.state === 'PENDING') return [];
  const written = { ...item, createdAt: item.submittedAt ?? item.createdAt };
  return writing.comment(written, 3, ` ${VERDICTS[item.state ?? ''] ?? 'reviewed'}`);
}

type Said = PhrasingContent | string | undefined;

/** Such as `ann closed this as not planned · 2026-01-05 10:00 UTC`; undefined for what is not told. */
function eventLine(item: TimelineItem, writing: Writing): PhrasingContent[] | undefined {
  const said = wordsOf(item, writing);
  if (said === undefined || said.some((part) => part === undefined)) return undefined;
  const time = item.submittedAt ?? item.createdAt;
  const who = writing.name(item.actor ?? item.author);
  return [
    text(`${who} `),
    ...said.flatMap((part) => (part === undefined ? [] : typeof part === 'string' ? [text(part)] : [part])),
    ...(time ? [text(` · ${minuteOf(time)}`)] : []),
  ];
}

function wordsOf(item: TimelineItem, writing: Writing): readonly Said[] | undefined {
  switch (item.__typename) {
    case 'PullRequestReview': {
      if (item.state === 'PENDING') return undefined;
      const count = item.comments?.totalCount ?? 0;
      const comments = count > 0 ? ` with ${counted(count, 'comment')}` : '';
      return [`${VERDICTS[item.state ?? ''] ?? 'reviewed'}${comments}`];
    }
    case 'ClosedEvent':
      return [`closed this${reasonOf(item)}`, ...closerOf(item, writing)];
    case 'ReopenedEvent':
      return ['reopened this'];
    case 'MergedEvent':
      return [`merged this into ${item.mergeRefName ?? 'the base'}${at(item.commit?.abbreviatedOid)}`];
    case 'RenamedTitleEvent':
      return [`changed the title from “${item.previousTitle}” to “${item.currentTitle}”`];
    case 'LabeledEvent':
      return [`added the label ${item.label?.name}`];
    case 'UnlabeledEvent':
      return [`removed the label ${item.label?.name}`];
    case 'AssignedEvent':
      return [`assigned ${writing.name(item.assignee)}`];
    case 'UnassignedEvent':
      return [`unassigned ${writing.name(item.assignee)}`];
    case 'MilestonedEvent':
      return [`added this to the milestone ${item.milestoneTitle}`];
    case 'DemilestonedEvent':
      return [`removed this from the milestone ${item.milestoneTitle}`];
    case 'ReviewRequestedEvent':
      return [`requested a review from ${writing.name(item.requestedReviewer)}`];
    case 'ReviewRequestRemovedEvent':
      return [`removed the request for a review from ${writing.name(item.requestedReviewer)}`];
    case 'ReviewDismissedEvent':
      return [`dismissed a review${item.dismissalMessage ? `: ${item.dismissalMessage}` : ''}`];
    case 'HeadRefForcePushedEvent':
      return [forcePushed(item)];
    case 'HeadRefDeletedEvent':
      return [`deleted the branch ${item.headRefName ?? ''}`.trimEnd()];
    case 'HeadRefRestoredEvent':
      return ['restored the branch'];
    case 'BaseRefChangedEvent':
      return [`changed the base from ${item.previousRefName} to ${item.currentRefName}`];
    case 'CrossReferencedEvent':
      return [
        item.willCloseTarget ? 'will close this by ' : 'mentioned this in ',
        writing.reference(item.source),
      ];
    case 'ReadyForReviewEvent':
      return ['marked this as ready for review'];
    case 'ConvertToDraftEvent':
      return ['converted this to a draft'];
    case 'LockedEvent':
      return [`locked the conversation${item.lockReason ? ` as ${words(item.lockReason)}` : ''}`];
    case 'UnlockedEvent':
      return ['unlocked the conversation'];
    case 'TransferredEvent': {
      const { nameWithOwner, isPrivate } = item.fromRepository ?? {};
      return [`transferred this${nameWithOwner && !isPrivate ? ` from ${nameWithOwner}` : ''}`];
    }
    default:
      return undefined;
  }
}

const words = (constant: string): string => constant.toLowerCase().replaceAll('_', ' ');
const at = (oid: string | null | undefined): string => (oid ? ` as ${oid}` : '');

function reasonOf({ stateReason }: TimelineItem): string {
  return stateReason && stateReason !== 'REOPENED' ? ` as ${words(stateReason)}` : '';
}

function closerOf({ closer }: TimelineItem, writing: Writing): PhrasingContent[] {
  if (closer?.abbreviatedOid) return [text(` by ${closer.abbreviatedOid}`)];
  const name = writing.referenceName(closer);
  return name !== undefined && closer?.url ? [text(' by '), link(closer.url, name)] : [];
}

function forcePushed({ beforeCommit: before, afterCommit: after }: TimelineItem): string {
  if (!before || !after) return 'force-pushed';
  return `force-pushed from ${before.abbreviatedOid} to ${after.abbreviatedOid}`;
}
