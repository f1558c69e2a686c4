import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addIssue, bodyRequests, configFor, createRepository, edit } from './harness.ts';
import { type StubSite, startSite } from './site.ts';

let site: StubSite;
beforeEach(async () => {
  site = await startSite();
  addIssue(site, '10001', 'ACME-1');
  addIssue(site, '10002', 'ACME-2');
  addIssue(site, '10003', 'OPS-1');
});
afterEach(() => site.close());

describe('which issues are read', () => {
  test('a first build reads every issue of every view and completes the views', async () => {
    const repository = createRepository();
    site.pageSize = 1;
    const first = await repository.run(configFor(site));
    expect(first.upserts).toEqual(['10001', '10002', '10003']);
    expect(first.complete).toEqual(['view:MINE', 'view:ALL']);
    expect(repository.documents.get('10001')?.facts.views).toEqual(['MINE', 'ALL']);
    expect(repository.documents.get('10003')?.facts.views).toEqual(['ALL']);
    expect(first.events.at(-1)?.type).toBe('checkpoint');
  });

  test('a run without changes asks for no text and leaves the checkpoint as it is', async () => {
    const repository = createRepository();
    await repository.run(configFor(site));
    const before = JSON.stringify(repository.checkpoint);
    site.calls.length = 0;
    const second = await repository.run(configFor(site));
    expect(second.present).toEqual(['10001', '10002', '10003']);
    expect(second.upserts).toEqual([]);
    expect(bodyRequests(site)).toEqual([]);
    expect(JSON.stringify(repository.checkpoint)).toBe(before);
  });

  test('a changed issue is read again, others are present', async () => {
    const repository = createRepository();
    await repository.run(configFor(site));
    edit(issue('10002'), { summary: 'New title' });
    const second = await repository.run(configFor(site));
    expect(second.upserts).toEqual(['10002']);
    expect(second.present).toEqual(['10001', '10003']);
    expect(repository.documents.get('10002')?.facts.title).toBe('New title');
  });

  test('the bound of the changes is in milliseconds, 15 minutes before the newest change seen', async () => {
    const repository = createRepository();
    await repository.run(configFor(site));
    site.calls.length = 0;
    await repository.run(configFor(site));
    const bound = Date.parse(issue('10002').updated) - 15 * 60_000;
    expect(site.calls.map(({ body }) => body.jql)).toContain(`(project in (ACME)) AND updated >= ${bound}`);
  });

  test('R6 an issue that enters or leaves a view is read again for its list of views', async () => {
    const repository = createRepository();
    await repository.run(configFor(site));
    issue('10003').project = 'ACME';
    issue('10001').project = 'OPS';
    const second = await repository.run(configFor(site));
    expect(second.upserts).toEqual(['10001', '10003']);
    expect(repository.documents.get('10001')?.facts.views).toEqual(['ALL']);
  });

  test('a full run reads everything', async () => {
    const repository = createRepository();
    await repository.run(configFor(site));
    expect((await repository.run(configFor(site), true)).upserts).toHaveLength(3);
  });

  test('a renamed custom field makes everything be read again', async () => {
    const repository = createRepository();
    site.fields.push({ id: 'customfield_1', name: 'Team', custom: true });
    await repository.run(configFor(site));
    site.fields[0] = { id: 'customfield_1', name: 'Squad', custom: true };
    expect((await repository.run(configFor(site))).upserts).toHaveLength(3);
    expect((await repository.run(configFor(site))).upserts).toHaveLength(0);
  });

  test('R3 a changed display name makes the documents that show it be read again', async () => {
    const repository = createRepository();
    site.people.set('ada', 'Ada Lovelace');
    site.people.set('bob', 'Bob');
    site.people.set('cy', 'Cy');
    issue('10001').fields.reporter = { accountId: 'ada', displayName: 'Ada' };
    issue('10002').fields.reporter = { accountId: 'bob', displayName: 'Bob' };
    issue('10003').fields.reporter = { accountId: 'cy', displayName: 'Cy' };
    await repository.run(configFor(site));
    expect(repository.documents.get('10001')?.facts.people).toEqual({ ada: 'Ada Lovelace' });
    site.people.set('ada', 'Ada King');
    expect((await repository.run(configFor(site))).upserts).toEqual(['10001']);
    expect(repository.documents.get('10001')?.facts.author).toBe('Ada King');
  });

  test('R3 a moved issue takes the documents that link to it along', async () => {
    const repository = createRepository();
    issue('10002').fields.issuelinks = [
      {
        type: { name: 'Blocks', inward: 'is blocked by', outward: 'blocks' },
        outwardIssue: { id: '10001', key: 'ACME-1' },
      },
    ];
    await repository.run(configFor(site));
    Object.assign(issue('10001'), { key: 'OPS-9', project: 'OPS' });
    issue('10001').histories.push(keyChange('ACME-1', 'OPS-9'));
    edit(issue('10001'), {});
    const second = await repository.run(configFor(site));
    expect(second.upserts).toEqual(['10001', '10002']);
    expect(repository.documents.get('10001')?.facts).toMatchObject({
      id: '10001',
      key: 'OPS-9',
      aliases: ['OPS-9', 'ACME-1'],
    });
  });
});

describe('what goes', () => {
  test('R6 an issue that left all views and still answers is no deletion', async () => {
    const repository = createRepository();
    await repository.run(configFor(site));
    issue('10001').project = 'ELSEWHERE';
    expect((await repository.run(configFor(site))).deletes).toEqual(['10001 left-views']);
  });

  test('of a deleted issue nothing is said, and its completed views remove it', async () => {
    const repository = createRepository();
    await repository.run(configFor(site));
    site.issues.delete('10001');
    const second = await repository.run(configFor(site));
    expect(second.deletes).toEqual([]);
    expect(second.failed).toEqual([]);
    expect([...repository.documents.keys()]).toEqual(['10002', '10003']);
  });

  test('an issue that is kept when the question about it fails', async () => {
    const repository = createRepository();
    await repository.run(configFor(site));
    site.issues.delete('10001');
    site.intercept = ({ path }) =>
      path.endsWith('/issue/bulkfetch') ? { status: 403, body: {} } : undefined;
    expect((await repository.run(configFor(site))).failed).toEqual(['10001 source.document-failed']);
    expect(repository.documents.has('10001')).toBe(true);
  });

  test('R1 an issue with a security level is withheld, and read again only when it changes', async () => {
    const repository = createRepository();
    edit(issue('10001'), { security: { id: '1', name: 'Private' } });
    expect((await repository.run(configFor(site))).deletes).toEqual(['10001 restricted']);
    site.calls.length = 0;
    const second = await repository.run(configFor(site));
    expect(second.deletes).toEqual([]);
    expect(bodyRequests(site)).toEqual([]);
    edit(issue('10001'), { security: null });
    expect((await repository.run(configFor(site))).upserts).toEqual(['10001']);
    edit(issue('10001'), { security: { id: '1', name: 'Private' } });
    expect((await repository.run(configFor(site))).deletes).toEqual(['10001 restricted']);
    expect(repository.documents.has('10001')).toBe(false);
    expect((await repository.run(configFor(site, { include_restricted: true }), true)).upserts).toContain(
      '10001',
    );
  });

  test('R1 an issue of a team-managed project that only some roles may see is withheld', async () => {
    const project = { key: 'ACME', simplified: true };
    const restrictedTo = (issuerestrictions: object) => ({
      ...{ project, security: undefined, issuerestriction: { issuerestrictions, shouldDisplay: true } },
    });
    edit(issue('10001'), restrictedTo({ projectrole: [{ id: '10104', name: 'Member' }] }));
    edit(issue('10002'), restrictedTo({}));
    const { deletes, upserts, failed } = await createRepository().run(configFor(site));
    expect([deletes, upserts, failed]).toEqual([['10001 restricted'], ['10002', '10003'], []]);
    // Search is not needed for what the answers say.
    expect(site.calls.filter(({ body }) => String(body.jql).includes('level'))).toEqual([]);
  });

  describe('R1 an issue whose project hides the field of the security level', () => {
    const hide = () => {
      for (const id of ['10001', '10002', '10003']) edit(issue(id), { security: undefined });
    };

    test('is known by search; what search does not have either is of unknown access', async () => {
      hide();
      site.intercept = ({ body }) => {
        if (!/level is/.test(String(body.jql))) return undefined;
        const ids = /not EMPTY/.test(String(body.jql)) ? ['10001'] : ['10002'];
        return { status: 200, body: { issues: ids.map((id) => ({ id })), isLast: true } };
      };
      const { deletes, upserts, failed } = await createRepository().run(configFor(site));
      expect([deletes, upserts, failed]).toEqual([
        ['10001 restricted'],
        ['10002'],
        ['10003 source.access-unknown'],
      ]);
    });

    test.each([400, 403, 500])(
      'is of unknown access when search answers %s, and stays if it is known',
      async (status) => {
        const known = createRepository();
        await known.run(configFor(site));
        const before = [...known.documents.keys()];
        hide();
        addIssue(site, '10004', 'OPS-2', { security: undefined });
        site.intercept = ({ body }) => (/level is/.test(String(body.jql)) ? { status, body: {} } : undefined);
        const { failed, deletes, upserts } = await known.run(configFor(site));
        expect(failed).toEqual(
          ['10001', '10002', '10003', '10004'].map((id) => `${id} source.access-unknown`),
        );
        expect([...deletes, ...upserts]).toEqual([]);
        expect([...known.documents.keys()]).toEqual(before);
        expect((await known.run(configFor(site, { include_restricted: true }), true)).failed).toEqual([]);
      },
    );
  });

  test('R6 what a listing lost without a word is found by its id, and stays', async () => {
    const repository = createRepository();
    await repository.run(configFor(site));
    site.intercept = ({ body }) =>
      body.jql !== undefined && !/updated|id in/.test(String(body.jql))
        ? { status: 200, body: { issues: [{ id: '10001' }], isLast: true } }
        : undefined;
    const { present, deletes, failed } = await repository.run(configFor(site));
    expect([present, deletes, failed]).toEqual([['10001', '10002', '10003'], [], []]);
    site.issues.delete('10002');
    issue('10003').project = 'ELSEWHERE';
    const { deletes: left } = await repository.run(configFor(site));
    expect(left).toEqual(['10003 left-views']);
    expect([...repository.documents.keys()]).toEqual(['10001']);
  });

  test('R1 an issue that left its views and got a security level is restricted, which explains more', async () => {
    const repository = createRepository();
    await repository.run(configFor(site));
    edit(issue('10003'), { security: { id: '1' } });
    issue('10003').project = 'ELSEWHERE';
    expect((await repository.run(configFor(site))).deletes).toEqual(['10003 restricted']);
  });

  test('an issue that the configuration leaves out by its key is known by the answer, if not before', async () => {
    site.intercept = ({ path, body }) =>
      path.endsWith('/bulkfetch') && (body.issueIdsOrKeys as string[]).includes('OPS-1')
        ? { status: 200, body: { issues: [] } }
        : undefined;
    const { upserts, deletes } = await createRepository().run(configFor(site, { exclude: ['OPS-1'] }));
    expect([upserts, deletes]).toEqual([['10001', '10002'], ['10003 excluded']]);
  });

  test('a view that the configuration no longer has keeps nothing', async () => {
    const repository = createRepository();
    await repository.run(configFor(site));
    const second = await repository.run(configFor(site, { views: { MINE: 'project in (ACME)' } }));
    expect(second.complete).toEqual(['view:MINE', 'view:ALL']);
    expect(second.deletes).toEqual(['10003 left-views']);
    expect(repository.documents.get('10001')?.facts.views).toEqual(['MINE']);
  });
});

describe('what goes wrong', () => {
  test('bad JQL is an error of its view, never an empty one, and other views go on', async () => {
    const repository = createRepository();
    await repository.run(configFor(site));
    edit(issue('10003'), { summary: 'Changed' });
    const second = await repository.run(
      configFor(site, { views: { MINE: 'prject = ACME', ALL: 'project in (ACME, OPS)' } }),
    );
    expect(second.failed).toEqual(['view:MINE source.bad-query']);
    expect(second.complete).toEqual(['view:ALL']);
    expect(second.upserts).toEqual(['10003']);
    expect(repository.documents.get('10001')?.facts.views).toEqual(['MINE', 'ALL']);
    const failure = second.events.find((event) => event.type === 'failed');
    expect(failure?.type === 'failed' && failure.error.message).toContain("near 'project'");
    expect(failure?.type === 'failed' && failure.error.kind).toBe('usage');
  });

  test('a page token that comes twice fails the view and keeps its members', async () => {
    const repository = createRepository();
    await repository.run(configFor(site));
    site.issues.delete('10001');
    site.intercept = ({ path, body }) =>
      path.endsWith('/search/jql') && String(body.jql).startsWith('project in (ACME) ')
        ? { status: 200, body: { issues: [], nextPageToken: 'again' } }
        : undefined;
    const second = await repository.run(configFor(site));
    expect(second.failed).toContain('view:MINE source.unexpected-answer');
    expect(repository.documents.has('10001')).toBe(true);
  });

  test('a listing with a page in the middle that is empty goes on to its end', async () => {
    let pages = 0;
    site.intercept = ({ path, body }) => {
      if (!path.endsWith('/search/jql') || body.maxResults === 1) return undefined;
      pages += 1;
      if (body.nextPageToken !== undefined) return undefined;
      return { status: 200, body: { issues: [], nextPageToken: '0' } };
    };
    expect((await createRepository().run(configFor(site))).upserts).toHaveLength(3);
    expect(pages).toBe(4);
  });

  test('an issue that bulkfetch leaves out is asked for by itself', async () => {
    site.omitted.add('10002');
    expect((await createRepository().run(configFor(site))).upserts).toEqual(['10001', '10002', '10003']);
  });

  test('a new issue that is listed but answers 404 fails, is tried again, and spares the others', async () => {
    const repository = createRepository();
    site.intercept = ({ path }) => (path.endsWith('/10002') ? { status: 404, body: {} } : undefined);
    site.omitted.add('10002');
    const first = await repository.run(configFor(site));
    expect(first.failed).toEqual(['10002 source.document-failed']);
    expect(first.upserts).toEqual(['10001', '10003']);
    expect(repository.checkpoint?.pending).toEqual(['10002']);
    site.intercept = () => undefined;
    expect((await repository.run(configFor(site))).upserts).toEqual(['10002']);
    expect(repository.checkpoint?.pending).toEqual([]);
  });

  test('a known issue that could not be read keeps its version and is tried again later', async () => {
    const repository = createRepository();
    await repository.run(configFor(site));
    edit(issue('10001'), { summary: 'Later' });
    edit(issue('10002'), {});
    const broken = site.issues.get('10001')?.fields ?? {};
    broken.labels = 'not a list';
    const second = await repository.run(configFor(site));
    expect(second.failed).toEqual(['10001 source.document-failed']);
    expect(repository.documents.get('10001')?.facts.title).toBe('Summary of ACME-1');
    // Far beyond the overlap, so that only the checkpoint can remember it.
    for (let edits = 0; edits < 3; edits++) edit(issue('10003'), {});
    await repository.run(configFor(site));
    delete broken.labels;
    expect((await repository.run(configFor(site))).upserts).toEqual(['10001']);
  });

  test('when a whole batch is refused each issue is asked for by itself', async () => {
    site.intercept = ({ path }) =>
      path.endsWith('/issue/bulkfetch') ? { status: 413, body: {} } : undefined;
    expect((await createRepository().run(configFor(site))).upserts).toHaveLength(3);
  });

  test('refused credentials end the run with nothing said', async () => {
    const repository = createRepository();
    site.intercept = ({ path }) => (path.endsWith('/search/jql') ? { status: 401, body: {} } : undefined);
    await expect(repository.run(configFor(site))).rejects.toMatchObject({ code: 'http.unauthorized' });
  });

  test('without the directory of people the names of the issues stand in, with a warning', async () => {
    const repository = createRepository();
    issue('10001').fields.reporter = { accountId: 'ada', displayName: 'Ada' };
    site.intercept = ({ path }) => (path.endsWith('/user/bulk') ? { status: 403, body: {} } : undefined);
    const first = await repository.run(configFor(site));
    expect(first.warnings).toHaveLength(1);
    expect(repository.documents.get('10001')?.facts.author).toBe('Ada');
  });
});

function issue(id: string) {
  const found = site.issues.get(id);
  if (!found) throw new Error(`no issue ${id}`);
  return found;
}

function keyChange(fromString: string, to: string) {
  return {
    id: '1',
    author: { accountId: 'ada', displayName: 'Ada' },
    created: '2026-03-02T00:00:00.000+0000',
    items: [{ field: 'Key', fromString, toString: to }],
  };
}
