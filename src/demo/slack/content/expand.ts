import { webPath } from '../../confluence/web-path.ts';
import { contentOf, pageIdByTitle } from '../../workspace/edits.ts';
import type { Workspace } from '../../workspace/model.ts';
import { channelNamed } from '../journal.ts';
import type { SlackWorkspace } from '../workspace.ts';
import { userId } from './people.ts';

const PLACE = /\{\{(@@|@|#|issue:|page:)([^}]+)\}\}/g;

/** Puts mentions and addresses in place of `{{…}}`. */
export function expand(text: string, slack: SlackWorkspace, company: Workspace): string {
  return text.replaceAll(PLACE, (_, kind: string, name: string) => {
    switch (kind) {
      case '@':
        return `<@${userId(name)}>`;
      case '@@':
        return `<!subteam^${groupId(slack, name)}>`;
      case '#':
        return `<#${channelNamed(slack, name).id}|${name}>`;
      case 'issue:':
        return `<@@SITE@@/browse/${name}|${name}>`;
      default:
        return `<${pageAddress(company, name)}|${titleIn(name)}>`;
    }
  });
}

/** Of a page that is called `SPACE:Title`. */
export function pageAddress(company: Workspace, name: string): string {
  const space = name.split(':', 1)[0] ?? '';
  const id = pageIdByTitle(company, space, titleIn(name));
  return `@@SITE@@/wiki${webPath(company, contentOf(company, id))}`;
}

export const titleIn = (name: string): string => name.slice(name.indexOf(':') + 1);

function groupId(slack: SlackWorkspace, handle: string): string {
  for (const group of slack.groups.values()) if (group.handle === handle) return group.id;
  throw new Error(`the workspace has no group ${handle}`);
}
