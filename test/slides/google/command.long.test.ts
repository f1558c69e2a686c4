import { createHash, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startCommand } from '../../harness/command-line.ts';
import { situation } from './fixture.ts';
import { present } from './simulator/discovery.ts';
import { DRIVE_SCOPE, type GoogleSimulator } from './simulator/server.ts';

const DATA = `title: Review Q3
slides:
  - layout: cover
    vars: { title: Quarterly review, audience: the board, period: Q3 }
`;

/** A folder with a template of one's own, and data for it; no repository is needed for them. */
function folderFor(templateId: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ctx-google-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'slides/review'), { recursive: true });
  writeFileSync(
    join(folder, 'slides/review/template.yaml'),
    `description: Ours
google: { id: ${templateId} }
title: Review
layouts:
  cover: { slide: 2, vars: [title, audience, period] }
slides: []
`,
  );
  writeFileSync(join(folder, 'report.yaml'), DATA);
  return folder;
}

function keyFile(folder: string): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const path = join(folder, 'key.json');
  const key = {
    ...{
      type: 'service_account',
      project_id: 'p',
      private_key_id: 'k',
      client_email: 'ctx@p.iam.gserviceaccount.com',
    },
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  };
  writeFileSync(path, JSON.stringify(key));
  return path;
}

const build = (folder: string, env: Record<string, string>, ...more: string[]) =>
  startCommand(['slides', 'build', '--template', 'review', '--data', 'report.yaml', ...more], env, folder)
    .ended;

function claimsOf(google: GoogleSimulator): Record<string, unknown> {
  const [, payload = ''] = (google.tokenRequests.at(-1)?.assertion ?? '').split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString());
}

describe.skipIf(!present)('ctx slides build with a template of Google Slides', () => {
  test('makes the deck with the key of a service account, and then brings it up to date', async () => {
    const { google, templateFile } = await situation();
    const folder = folderFor(templateFile.id);
    const env = { GOOGLE_API_ROOT_URL: google.url, GOOGLE_APPLICATION_CREDENTIALS: keyFile(folder) };
    const tried = await build(folder, env, '--dry-run');
    expect(tried).toMatchObject({ code: 0, stdout: expect.stringContaining('1 slides (made): a new deck') });
    expect(google.writes).toEqual([]);
    const made = await build(folder, env, '--json');
    expect(made.stderr).toBe('');
    const [deck] = google.decks();
    expect(JSON.parse(made.stdout)).toMatchObject({
      ...{
        template: 'review',
        target: 'google',
        title: 'Review Q3',
        done: 'made',
        sharing: 'only the account',
      },
      location: expect.stringContaining(deck?.id ?? 'none'),
    });
    expect(claimsOf(google)).toMatchObject({ scope: DRIVE_SCOPE, iss: 'ctx@p.iam.gserviceaccount.com' });
    writeFileSync(join(folder, 'report.yaml'), DATA.replace('the board', 'all'));
    const updated = await build(folder, env, '--subject', 'ann@example.com');
    expect(updated.stdout).toMatch(
      /^ {2}1 {2}Quarterly review · cover\n1 slides \(updated, 1 new, 1 gone\): https:.*\nSeen by: only the account\n$/,
    );
    expect(claimsOf(google)).toMatchObject({ sub: 'ann@example.com' });
    expect(google.decks()).toHaveLength(1);
  });

  test('says what is wrong with credentials, without what is in them', async () => {
    const { google, templateFile } = await situation();
    const folder = folderFor(templateFile.id);
    const env = { GOOGLE_API_ROOT_URL: google.url, GOOGLE_APPLICATION_CREDENTIALS: 'key.json' };
    expect(await build(folder, env)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('key.json is not there'),
    });
    writeFileSync(join(folder, 'key.json'), 'hunter2 is no JSON');
    const broken = await build(folder, env);
    expect(broken).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('key.json is no key that can be used'),
    });
    expect(broken.stderr).not.toContain('hunter2');
    const elsewhere = await build(folder, { ...env, GOOGLE_API_ROOT_URL: 'http://example.com' });
    expect(elsewhere).toMatchObject({ code: 2, stderr: expect.stringContaining('GOOGLE_API_ROOT_URL') });
  });
});

describe.skipIf(!present)('ctx slides login', () => {
  test('lets a person allow it in a browser, keeps it for this user alone, and forgets it', async () => {
    const { google, templateFile } = await situation();
    const folder = folderFor(templateFile.id);
    const client = { installed: { client_id: 'id-1', client_secret: 'secret-1', project_id: 'p' } };
    writeFileSync(join(folder, 'client.json'), JSON.stringify(client));
    const env = { GOOGLE_API_ROOT_URL: google.url, XDG_CONFIG_HOME: join(folder, 'config') };
    const { child, ended } = startCommand(['slides', 'login', '--client', 'client.json'], env, folder);
    let told = '';
    while (!/https:\S+\n/.test(told)) told += String((await once(child.stdout ?? child, 'data'))[0]);
    const asked = new URL(/https:\S+/.exec(told)?.[0] ?? '').searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      ...{ client_id: 'id-1', scope: DRIVE_SCOPE, access_type: 'offline', code_challenge_method: 'S256' },
    });
    const back = new URL(asked.get('redirect_uri') ?? '');
    expect(back.hostname).toBe('127.0.0.1');
    // Some other page does not know the state.
    expect((await fetch(new URL('/?code=evil&state=guessed', back))).status).toBe(404);
    back.search = `?${new URLSearchParams({ code: 'code-1', state: asked.get('state') ?? '' })}`;
    expect((await fetch(back)).status).toBe(200);
    expect(await ended).toMatchObject({ code: 0 });
    const [exchange] = google.tokenRequests;
    expect(exchange).toMatchObject({ code: 'code-1', client_id: 'id-1' });
    const challenge = createHash('sha256')
      .update(exchange?.code_verifier ?? '')
      .digest('base64url');
    expect(asked.get('code_challenge')).toBe(challenge);
    const file = join(folder, 'config/context-sync/google-login.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ refreshToken: 'refresh-1' });

    expect(await build(folder, env)).toMatchObject({ code: 0, stdout: expect.stringContaining('(made)') });
    google.refreshTokens.clear();
    const withdrawn = await build(folder, env);
    expect(withdrawn).toMatchObject({ code: 3, stderr: expect.stringContaining('invalid_grant') });
    expect(withdrawn.stderr).not.toMatch(/refresh-1|secret-1/);
    const forgotten = await startCommand(['slides', 'login', '--forget'], env, folder).ended;
    expect(forgotten.code).toBe(0);
    expect(() => statSync(file)).toThrow('ENOENT');
  });

  test('says what is missing', async () => {
    const { google, templateFile } = await situation();
    const folder = folderFor(templateFile.id);
    const env = { GOOGLE_API_ROOT_URL: google.url };
    const login = (...args: string[]) => startCommand(['slides', 'login', ...args], env, folder).ended;
    expect(await login()).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('needs an OAuth client'),
    });
    writeFileSync(join(folder, 'web.json'), '{"web":{}}');
    expect(await login('--client', 'web.json')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('not of a desktop app'),
    });
  });
});
