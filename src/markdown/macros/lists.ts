import { example } from './example.ts';
import { jiraMacro } from './jira.ts';
import { live } from './live.ts';
import { firstParameter, type MacroDefinition } from './macro.ts';

/** A list that the service makes; the parameters that say of what, the first that is given counts. */
function list(
  names: readonly [string, ...string[]],
  title: string,
  by: readonly string[] = [],
  given: Readonly<Record<string, string>> = {},
): MacroDefinition {
  return {
    names,
    example: example(names[0], given),
    render(call) {
      const target = call.reference();
      const of = firstParameter(call, ...by) ?? (target?.kind === 'link' ? target.name : undefined);
      return live(call, of === undefined ? title : `${title}: ${of}`);
    },
  };
}

const LABELS = ['cql', 'labels', 'label'];

/** Lists of pages, people and activity, whose content exists only rendered. */
export const listMacros: readonly MacroDefinition[] = [
  list(['children', 'childpages'], 'child pages', ['page']),
  list(['pagetree', 'page-tree'], 'page tree', ['root']),
  list(['detailssummary'], 'page properties report', LABELS, { cql: 'label = "decision"' }),
  list(['contentbylabel'], 'content by label', LABELS, { cql: 'label = "howto"' }),
  list(['content-report-table'], 'content report', LABELS, { labels: 'meeting-notes' }),
  list(['contentbyuser', 'content-by-user'], 'content by user', ['name']),
  list(['recently-updated', 'recently-updated-dashboard', 'recentlyupdated'], 'recently updated', ['spaces']),
  list(['blog-posts', 'blog-post'], 'blog posts', [...LABELS, 'spaces']),
  list(['contributors', 'contributors-summary'], 'contributors', ['page']),
  list(['tasks-report-macro', 'tasks-report'], 'task report', LABELS, { labels: 'launch' }),
  list(['listlabels', 'labels-list', 'labels'], 'labels', ['spaceKey']),
  list(['space-attachments'], 'files of the space'),
  list(['related-labels'], 'related labels', LABELS),
  list(['popular-labels', 'recently-used-labels', 'global-reports'], 'popular labels', ['spaceKey']),
  list(['userlister', 'userlist'], 'users', ['groups']),
  list(['change-history', 'page-history'], 'change history'),
  list(['status-list', 'userstatus'], 'user status', ['username']),
  list(['roadmap', 'roadmap-planner', 'roadmap-macro'], 'roadmap', ['title'], { title: 'Plan' }),
  list(['calendar', 'team-calendar', 'team-calendars'], 'team calendar', ['title', 'id']),
  list(['spaces-list', 'spaces', 'space-list'], 'spaces', ['scope']),
  list(['space-details', 'spacedetails'], 'space details'),
  list(['network'], 'network', ['username']),
  list(['excerpts-by-label', 'excerpt-by-label'], 'excerpts by label', LABELS),
  list(['index', 'page-index', 'pageindex'], 'page index'),
  list(['im', 'chat'], 'chat', ['name']),
  list(
    ['jirachart', 'jira-chart', 'jira-roadmap', 'jira-timeline', 'jira-gadget', 'gadget'],
    'Jira chart',
    ['jql', 'url'],
    { jql: 'project = ACME', chartType: 'pie' },
  ),
];

/** The names of all macros whose content exists only rendered. A `jira` macro of one issue is a link. */
export const LIVE_MACROS: ReadonlySet<string> = new Set(
  [...listMacros, jiraMacro].flatMap(({ names }) => names),
);
