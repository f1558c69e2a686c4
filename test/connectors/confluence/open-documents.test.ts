import { expect, test } from 'vitest';
import type { Listed } from '../../../src/connectors/confluence/listing.ts';
import { openDocuments } from '../../../src/connectors/confluence/open-documents.ts';

const SITE = 'https://team.example.net';
const space = { id: '1', key: 'ENG', name: 'Engineering', homepageId: undefined };

const page: Listed = {
  ...{ id: '7', type: 'page', space, title: 'Open page', created: '2026-01-02T00:00:00Z', version: 1 },
  ...{ parent: '5', parentType: 'folder', authorIds: [], labels: [], restricted: false },
};

const open = openDocuments({
  siteUrl: SITE,
  documents: [page],
  unknown: [],
  withheld: [],
  containers: new Map([['5', { title: 'Folder', space: 'ENG', parent: null }]]),
  incomplete: false,
});

test.each([
  ['/wiki/spaces/ENG/pages/7/Open+page', 'open'],
  ['/wiki/spaces/ENG/pages/7?focusedCommentId=9#x', 'open'],
  ['/wiki/spaces/ENG/folder/5', 'open'],
  ['/wiki/display/ENG/Open+page', 'open'],
  ['/wiki/pages/viewpage.action?pageId=7', 'open'],
  ['/wiki/download/attachments/7/a.png?api=v2', 'open'],
  ['/wiki/download/thumbnails/7/a.png', 'open'],
  ['spaces/ENG/pages/8', 'closed'],
  ['/wiki/spaces/ENG/pages/8/Secret', 'closed'],
  [`http://team.example.net/wiki/spaces/ENG/pages/8`, 'closed'],
  ['//team.example.net/wiki/spaces/ENG/pages/8', 'closed'],
  ['/wiki/spaces/ENG/whiteboard/8', 'closed'],
  ['/wiki/display/ENG/Secret', 'closed'],
  ['/wiki/pages/viewpage.action?spaceKey=ENG&title=Secret', 'closed'],
  ['/wiki/pages/viewpageattachments.action?pageId=8', 'closed'],
  ['/wiki/pages/diffpagesbyversion.action?pageId=7&selectedPageVersions=1', 'closed'],
  ['/wiki/x/CAAAAA', 'closed'],
  ['/wiki/download/attachments/8/salaries.xlsx', 'closed'],
  ['/wiki/download/embedded-page/ENG/8/a.png', 'closed'],
  ['/wiki/rest/api/content/8', 'closed'],
  ['/wiki/anything/new', 'closed'],
  ['/wiki/spaces/ENG', 'elsewhere'],
  ['/wiki/spaces/ENG/overview', 'elsewhere'],
  ['/wiki/display/~ann', 'elsewhere'],
  ['/wiki/people/42', 'elsewhere'],
  ['/wiki/label/ENG/howto', 'elsewhere'],
  ['/wiki/s/1/_/images/icons/emoticons/smile.svg', 'elsewhere'],
  ['#anchor', 'elsewhere'],
  ['/browse/ACME-1', 'elsewhere'],
  ['/wikipedia', 'elsewhere'],
  ['https://other.example.net/wiki/spaces/ENG/pages/8', 'elsewhere'],
  ['mailto:a@b', 'elsewhere'],
  ['http://[', 'elsewhere'],
])('R1 %s leads to what is %s', (href, expected) => {
  expect(open.leadsTo(href)).toBe(expected);
});
