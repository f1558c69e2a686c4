import { describe, expect, test } from 'vitest';
import { jiraModel } from '../../../src/connectors/jira/model.ts';
import type { Facts } from '../../../src/core/document.ts';

const model = jiraModel('jira');
const facts: Facts = {
  id: '10001',
  source: 'jira',
  type: 'ticket',
  title: 'Fix login',
  url: 'https://acme.atlassian.net/browse/ACME-1234',
  key: 'ACME-1234',
  views: ['MINE', 'ALL'],
  aliases: ['ACME-1234', 'OLD-7'],
};

test('a ticket lives in the folder of its first view, named by key and summary, sharded by thousands', () => {
  expect(model.placement(facts)).toEqual({
    folder: ['MINE'],
    name: 'Fix login',
    prefix: 'ACME-1234',
    shard: 'ACME-01000',
  });
});

test('a ticket is listed by each of its views', () => {
  expect(model.scopes(facts)).toEqual(['view:MINE', 'view:ALL']);
});

describe('names', () => {
  test('former keys are names too', () => {
    expect(model.names(facts)).toEqual([
      'jira:https://acme.atlassian.net/ACME-1234',
      'jira:https://acme.atlassian.net/OLD-7',
    ]);
  });

  test('the own address calls the document', () => {
    expect(model.names(facts)).toContain(model.resolve(new URL(facts.url))?.name);
  });

  test.each([
    ['/browse/ACME-12', undefined],
    ['/browse/acme-12/', undefined],
    ['/browse/ACME-12?focusedCommentId=5', 'comment-5'],
    ['/jira/software/c/projects/ACME/issues/ACME-12', undefined],
    ['/jira/software/projects/ACME/boards/1?selectedIssue=ACME-12', undefined],
  ])('%s calls ACME-12', (path, anchor) => {
    expect(model.resolve(new URL(path, 'https://acme.atlassian.net'))).toEqual({
      name: 'jira:https://acme.atlassian.net/ACME-12',
      url: 'https://acme.atlassian.net/browse/ACME-12',
      ...(anchor && { anchor }),
    });
  });

  test.each([
    '/browse/ACME',
    '/browse/',
    '/wiki/spaces/ENG/pages/1',
    '/wiki/x?selectedIssue=ACME-1',
    '/jira/your-work',
  ])('%s calls nothing', (path) =>
    expect(model.resolve(new URL(path, 'https://acme.atlassian.net'))).toBeUndefined(),
  );
});
