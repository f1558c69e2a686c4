import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LoadConfigOptions, type LoadedConfig, loadConfig } from '../../src/config/load.ts';
import { CtxError } from '../../src/core/errors/index.ts';

const sample = `version: 1
repo: { path: ~/context-sync, remote: null, branch: main, commit: per-run }
sources:
  - id: confluence
    type: confluence
    url: \${CONFLUENCE_URL}
    auth: { username: "\${CONFLUENCE_USERNAME}", token: "\${CONFLUENCE_API_TOKEN}" }
    spaces: [ENG, INFRA, PRODUCT]      # keys, or: all
    comments: true
    optional: true                     # no credentials: skipped and said so; else exit 3
  - id: jira
    type: jira
    url: \${JIRA_URL}
    auth: { username: "\${JIRA_USERNAME}", token: "\${JIRA_API_TOKEN}" }
    views:
      ASSIGNED: assignee = currentUser() AND resolution = Unresolved
      WATCHING: watcher = currentUser() AND resolution = Unresolved
      PROJECT: project = ACME AND updated >= -90d      # project context, if wanted
    comments: true
    optional: true
`;

const confluenceEnv = {
  CONFLUENCE_URL: 'https://acme.atlassian.net/wiki',
  CONFLUENCE_USERNAME: 'dana@acme.example',
  CONFLUENCE_API_TOKEN: 'hush-confluence',
};
const jiraEnv = { JIRA_URL: 'https://acme.atlassian.net', JIRA_USERNAME: 'd', JIRA_API_TOKEN: 'hush-jira' };

let home: string;
let folder: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'ctx-config-'));
  folder = join(home, 'project');
  await mkdir(folder);
});
afterEach(() => rm(home, { recursive: true }));

async function write(path: string, text: string, mode = 0o600): Promise<string> {
  const file = join(home, path);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
  await chmod(file, mode);
  return file;
}

function load(
  env: Record<string, string> = {},
  options: Partial<LoadConfigOptions> = {},
): Promise<LoadedConfig> {
  return loadConfig({ env: { HOME: home, ...env }, cwd: folder, ...options });
}

async function loadText(text: string, env: Record<string, string> = {}): Promise<LoadedConfig> {
  await write('project/context.config.yaml', text);
  return load(env);
}

async function failure(loading: Promise<unknown>): Promise<CtxError> {
  const error = await loading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CtxError))
    throw new Error(`expected an error of the catalogue, got ${String(error)}`);
  expect(error.hint).not.toBe('');
  return error;
}

/** The lines of `config.invalid`, with the file's name alone before line and column. */
async function problems(text: string, env: Record<string, string> = {}): Promise<string[]> {
  const error = await failure(loadText(text, env));
  expect(error.code).toBe('config.invalid');
  expect(error.kind).toBe('usage');
  const { problems: lines } = error.params as { problems: string[] };
  for (const line of lines) expect(error.message).toContain(line);
  return lines.map((line) => line.replace(`${folder}/context.config.yaml:`, ''));
}

const one = (source: string) => `version: 1\nrepo: { path: r }\nsources:\n${source.replace(/^/gm, '  ')}\n`;
const confluence = (extra: string) =>
  one(`- id: wiki\n  type: confluence\n  url: https://a.example\n  auth: { token: "\${T}" }\n${extra}`);

describe('a complete configuration', () => {
  it.each([
    ['./team.git', () => join(folder, 'team.git')],
    ['../mirrors/team.git', () => join(folder, '../mirrors/team.git')],
    ['mirrors/team.git', () => join(folder, 'mirrors/team.git')],
    ['~/team.git', () => join(home, 'team.git')],
    ['/srv/team.git', () => '/srv/team.git'],
    ['backup', () => 'backup'],
    ['git@host.example:acme/team.git', () => 'git@host.example:acme/team.git'],
    ['host.example:acme/team.git', () => 'host.example:acme/team.git'],
    ['ssh://git@host.example/acme/team.git', () => 'ssh://git@host.example/acme/team.git'],
    ['file:///srv/team.git', () => 'file:///srv/team.git'],
    ['C:/mirrors/team.git', () => 'C:/mirrors/team.git'],
    ['C:\\mirrors\\team.git', () => 'C:\\mirrors\\team.git'],
  ])('takes a path of the remote %s from where it stands', async (remote, meant) => {
    const text = confluence('  spaces: all\n').replace(
      'repo: { path: r }',
      `repo: { path: r, remote: '${remote}' }`,
    );
    const { config } = await loadText(text, { T: 't' });
    expect(config.repo.remote).toBe(meant());
  });

  it('is read as written, with defaults and variables filled in', async () => {
    const { file, config, sources, warnings, secrets } = await loadText(sample, {
      ...confluenceEnv,
      ...jiraEnv,
    });
    expect(file).toBe(join(folder, 'context.config.yaml'));
    expect(config).toEqual({
      version: 1,
      repo: { path: join(home, 'context-sync'), remote: null, branch: 'main', commit: 'per-run' },
      secrets: { allow: [] },
      sources: [
        {
          id: 'confluence',
          type: 'confluence',
          url: 'https://acme.atlassian.net/wiki',
          auth: { username: 'dana@acme.example', token: 'hush-confluence' },
          spaces: ['ENG', 'INFRA', 'PRODUCT'],
          comments: true,
          attachments: 'referenced',
          max_attachment_mb: 25,
          optional: true,
          include_restricted: false,
          exclude: [],
          gateway: 'https://api.atlassian.com',
        },
        {
          id: 'jira',
          type: 'jira',
          url: 'https://acme.atlassian.net',
          auth: { username: 'd', token: 'hush-jira' },
          views: {
            ASSIGNED: 'assignee = currentUser() AND resolution = Unresolved',
            WATCHING: 'watcher = currentUser() AND resolution = Unresolved',
            PROJECT: 'project = ACME AND updated >= -90d',
          },
          comments: true,
          attachments: 'referenced',
          max_attachment_mb: 25,
          optional: true,
          include_restricted: false,
          exclude: [],
          gateway: 'https://api.atlassian.com',
        },
      ],
    });
    expect(sources).toEqual(config.sources.map((source) => ({ status: 'ready', config: source })));
    expect(Object.keys((config.sources[1] as { views: object }).views)).toEqual([
      'ASSIGNED',
      'WATCHING',
      'PROJECT',
    ]);
    expect(warnings).toEqual([]);
    expect(secrets).toEqual(['hush-confluence', 'hush-jira']);
  });

  it('may be the sample of the package', async () => {
    const text = await readFile(new URL('../../context.config.yaml', import.meta.url), 'utf8');
    const { config } = await loadText(text, { ...confluenceEnv, ...jiraEnv });
    expect(config).toEqual((await loadText(sample, { ...confluenceEnv, ...jiraEnv })).config);
  });

  it('takes a relative repository path from its own folder, and variables anywhere in a text', async () => {
    const text = confluence(`  spaces: ["\${SPACE}", "~\${SPACE}x"]`).replace(
      'path: r',
      `path: "\${WHERE}/r"`,
    );
    const { config } = await loadText(text, { T: 't', SPACE: 'ENG', WHERE: 'out' });
    expect(config.repo.path).toBe(join(folder, 'out/r'));
    expect(config.sources[0]).toMatchObject({ spaces: ['ENG', '~ENGx'] });
  });
});

describe('finding the file', () => {
  it('looks in the folder, then in the user’s configuration', async () => {
    const mine = await write('.config/context-sync/context.config.yaml', confluence('  spaces: all'));
    expect((await load({ T: 't' })).file).toBe(mine);
    const here = await write('project/context.config.yaml', confluence('  spaces: all'));
    expect((await load({ T: 't' })).file).toBe(here);
    const elsewhere = await write('xdg/context-sync/context.config.yaml', confluence('  spaces: all'));
    await rm(here);
    expect((await load({ T: 't', XDG_CONFIG_HOME: join(home, 'xdg') })).file).toBe(elsewhere);
  });

  it('takes a named file and no other', async () => {
    await write('project/context.config.yaml', confluence('  spaces: all'));
    const named = await write('project/other.yaml', confluence('  spaces: all'));
    expect((await load({ T: 't' }, { file: 'other.yaml' })).file).toBe(named);
    expect((await load({ T: 't' }, { file: '~/project/other.yaml' })).file).toBe(named);
    const error = await failure(load({}, { file: 'absent.yaml' }));
    expect(error.code).toBe('config.not-found');
    expect(error.message).toBe(`There is no configuration: ${join(folder, 'absent.yaml')} does not exist.`);
  });

  it('says where it looked when there is none', async () => {
    const error = await failure(load());
    expect(error.code).toBe('config.not-found');
    expect(error.kind).toBe('usage');
    expect(error.message).toContain(join(folder, 'context.config.yaml'));
    expect(error.message).toContain(join(home, '.config/context-sync/context.config.yaml'));
    expect(error.hint).toContain('context.config.yaml');
  });

  it('says so when the file is a folder', async () => {
    const error = await failure(load({}, { file: '.' }));
    expect(error.code).toBe('config.unreadable');
    expect(error.message).toContain('EISDIR');
  });
});

it('the path of an export starts at the file, and an export needs no variable', async () => {
  const { config, sources, secrets } = await loadText(
    one('- {id: s, type: slack, path: exports/acme.zip}'),
    {},
  );
  expect(config.sources[0]).toMatchObject({ path: join(folder, 'exports/acme.zip') });
  expect(sources[0]?.status).toBe('ready');
  expect(secrets).toEqual([]);
});

describe('mistakes', () => {
  it('are all told at once, each with its place and the fix', async () => {
    const text = `version: 2
repo: { path: r, brunch: main }
sources:
  - id: Wiki
    type: confluence
    auth: { username: a, token: "\${T}" }
    spces: [ENG]
    includeRestricted: true
    comments: yes please
  - id: jira
    type: jira
    url: ftp://a.example
    auth: { username: a }
    views: { "my view": project = A }
    colour: red
`;
    expect(await problems(text)).toEqual([
      '1:10: version must be 1',
      '2:18: repo.brunch is not known; did you mean branch?',
      '4:5: sources[0].url is missing',
      '4:5: sources[0].spaces is missing',
      '4:9: sources[0].id must be lower-case letters, digits and hyphens, such as confluence',
      '7:5: sources[0].spces is not known; did you mean spaces?',
      '8:5: sources[0].includeRestricted is not known; did you mean include_restricted?',
      '9:15: sources[0].comments must be true or false',
      '12:10: sources[1].url must be an http(s) URL or a variable',
      '13:11: sources[1].auth.token is missing',
      '14:14: sources[1].views.my view must be letters, digits, _ and -, and begin with a letter: it names a folder',
      '15:5: sources[1].colour is not known; known here: id, type, url, auth, views, comments, fields, attachments, max_attachment_mb, optional, max_age, include_restricted, history, exclude, gateway',
    ]);
  });

  it.each<[string, string, string[]]>([
    ['an empty file', '', ['1:1: the file must be a mapping of keys to values']],
    ['a list', '- a', ['1:1: the file must be a mapping of keys to values']],
    [
      'no sources',
      'version: 1\nrepo: {path: r}\nsources: []',
      ['3:10: sources must name at least one source'],
    ],
    [
      'an unknown type',
      one('- id: a\n  type: confluense'),
      ['5:11: sources[0].type must be one of confluence, jira, slack, email, github, git, files'],
    ],
    [
      'spaces as one text',
      confluence('  spaces: ENG'),
      ['8:13: sources[0].spaces must be a list of space keys, or all'],
    ],
    [
      'Slack with neither a token nor an export',
      one('- {id: s, type: slack}'),
      ['4:5: sources[0] must have auth, or the path of an export'],
    ],
    [
      'an export with a token and with files',
      one(`- {id: s, type: slack, path: x.zip, auth: {token: "\${T}"}, attachments: all}`),
      [
        '4:32: sources[0].path must not stand beside auth: an export is read without a token',
        '4:75: sources[0].attachments must be none for an export: it has no files, and links to them alone',
      ],
    ],
    [
      'no view',
      one(`- {id: j, type: jira, url: "https://a.example", auth: {token: "\${T}"}, views: {}}`),
      ['4:81: sources[0].views must name at least one view'],
    ],
    [
      'views that differ by case',
      one(`- {id: j, type: jira, url: "https://a.example", auth: {token: "\${T}"}, views: {A: x, a: y}}`),
      ['4:81: sources[0].views must differ by more than upper and lower case: they name folders'],
    ],
    [
      'a name and password in the URL',
      confluence('  spaces: all').replace('https://', 'https://me:hush@'),
      ['6:10: sources[0].url must be an http(s) URL or a variable'],
    ],
    [
      'a reserved id',
      confluence('  spaces: all').replace('id: wiki', 'id: attachments'),
      ['4:9: sources[0].id must not be attachments: that folder holds the files of all sources'],
    ],
    ['mail of no place', one('- {id: mail, type: email}'), ['4:5: sources[0].imap is missing']],
    [
      'mail of two places',
      one(`- {id: mail, type: email, path: m, imap: {host: h}, auth: {username: u, token: "\${T}"}}`),
      ['4:35: sources[0].path must not stand beside imap: make two sources of them'],
    ],
    [
      'a server of mail without a login',
      one('- {id: mail, type: email, imap: {host: h}}'),
      ['4:5: sources[0].auth is missing'],
    ],
    [
      'settings of a server for mail on this machine',
      one('- {id: mail, type: email, path: m, days: 3, folders: all}'),
      [
        '4:44: sources[0].days is for imap alone: of a path, all is read',
        '4:56: sources[0].folders is for imap alone: of a path, all is read',
      ],
    ],
    [
      'a password that would travel unencrypted',
      one(`- {id: mail, type: email, imap: {host: h, tls: none}, auth: {username: u, token: "\${T}"}}`),
      [
        '4:50: sources[0].imap.tls must not be none but for a server on this machine: the password would travel unencrypted',
      ],
    ],
  ])('%s', async (_, text, lines) => expect(await problems(text)).toEqual(lines));

  it('in mail: a path of this machine starts at the file, a server has its port', async () => {
    const { config } = await loadText(
      one(
        `- {id: a, type: email, path: mail}\n- {id: b, type: email, imap: {host: h}, auth: {username: u, token: "\${T}"}}`,
      ),
      { T: 'hush' },
    );
    expect(config.sources).toMatchObject([
      { path: expect.stringMatching(/^\/.*\/mail$/), attachments: 'none' },
      { imap: { host: 'h', port: 993, tls: 'implicit' }, auth: { kind: 'password', token: 'hush' } },
    ]);
  });

  it('in YAML are told with their place', async () => {
    expect(await problems('version: 1\nversion: 1\n')).toEqual(['2:1: Map keys must be unique']);
    const [first] = await problems(`version: 1\nrepo: { path: \${WHERE} }\n`);
    expect(first).toMatch(/^2:.*a variable needs quotes: "\$\{NAME\}"/);
    expect(await problems('version: *nowhere')).toEqual([expect.stringContaining('nowhere')]);
  });

  it('that repeat an id are told beside others', async () => {
    const entry = `- {id: a, type: confluence, url: "https://a.example", auth: {token: "\${T}"}, spaces: all}\n`;
    expect(await problems(one(`${entry}${entry.replace('all', '1')}`))).toEqual([
      '5:10: sources[1].id must be unique among the sources',
      '5:88: sources[1].spaces must be a list of space keys, or all',
    ]);
  });

  it('of the allow-list of secrets name the kind or key that was meant', async () => {
    const text = `${confluence('  spaces: all\n')}secrets:\n  allow:\n    - { rule: pasword, path: wiki/** }\n    - { rule: jwt }\n  alow: []\n`;
    expect(await problems(text)).toEqual([
      '12:15: secrets.allow[0].rule must be a kind of secret, as it stands in [redacted:<kind>]; did you mean password?',
      '13:7: secrets.allow[1].path is missing',
      '14:3: secrets.alow is not known; did you mean allow?',
    ]);
  });

  it('are found through an alias', async () => {
    const entry = (id: string, auth: string) =>
      `- id: ${id}\n  type: confluence\n  url: https://a.example\n  auth: ${auth}\n  spaces: all\n`;
    const text = one(entry('a', `&auth { token: "\${T}", user: x }`) + entry('b', '*auth'));
    expect(await problems(text)).toEqual([
      '7:34: sources[0].auth.user is not known; did you mean username?',
      '7:34: sources[1].auth.user is not known; did you mean username?',
    ]);
  });
});

describe('sources of this machine and of repositories', () => {
  const git = (rest: string) => one(`- id: code\n  type: git\n${rest}`);

  it('have their paths from the file’s folder or home, and their token from a variable', async () => {
    const text = one(
      [
        '- { id: code, type: git, path: ../shop }',
        '- { id: notes, type: files, path: ~/notes }',
        '- { id: wiki, type: git, remote: "git@github.com:acme/shop.wiki.git" }',
        `- { id: far, type: git, remote: "https://git.example/a.git", auth: { token: "\${T}" } }`,
      ].join('\n'),
    );
    const { config, secrets, warnings } = await loadText(text, { T: 'hush-git' });
    expect(config.sources).toMatchObject([
      { path: join(folder, '../shop'), exclude: [] },
      { path: join(home, 'notes'), copy: false },
      { remote: 'git@github.com:acme/shop.wiki.git' },
      { auth: { username: 'x-access-token', token: 'hush-git' } },
    ]);
    expect(secrets).toEqual(['hush-git']);
    expect(warnings).toEqual([]);
    const plain = text.replace('https://git.example', 'http://git.example');
    expect((await loadText(plain, { T: 't' })).warnings.join()).toContain('travels unencrypted');
  });

  it.each([
    ['neither a path nor a remote', '', 'either a path or a remote'],
    ['both', '  path: a\n  remote: https://a.example/b.git', 'either a path or a remote'],
    ['a folder as remote', '  remote: ../shop', 'a folder is named by path'],
    ['a program as remote', '  remote: "ext::sh -c x"', 'must be an https'],
    ['an option as remote', '  remote: --upload-pack=x', 'must be an https'],
    ['a password in the remote', '  remote: https://bot:s3cret@a.example/b.git', 'must hold no password'],
    ['a token for ssh', `  remote: git@a.example:b.git\n  auth: { token: "\${T}" }`, 'http(s) remotes alone'],
    ['a token as it is', '  remote: https://a.example/b\n  auth: { token: abc }', 'must be a variable'],
  ])('are refused with %s', async (_, rest, message) => {
    const lines = await problems(git(rest), { T: 't' });
    expect(lines.join('\n')).toContain(message);
    expect(lines.join('\n')).not.toContain('s3cret');
  });
});

describe('secrets', () => {
  it.each(['hush-literal', `"prefix-\${T}"`, `"\${T} "`, `"\${T}\${U}"`])(
    'are refused when written out: %s',
    async (token) => {
      const text = confluence('  spaces: all').replace(/\{ token.*/, () => `\n      token: ${token}`);
      const error = await failure(loadText(text, { T: 't', U: 'u' }));
      expect(error.message).toContain(
        `context.config.yaml:8:14: sources[0].auth.token must be a variable, written \${NAME}`,
      );
      expect(error.message + error.hint + JSON.stringify(error.params)).not.toContain('hush');
    },
  );

  it('never show in an error about a value that came from a variable', async () => {
    const text = confluence('  spaces: all').replace('https://a.example', `\${T}`);
    expect(await problems(text, { T: 'hush-token' })).toEqual([
      '6:10: sources[0].url is not an http(s) URL; its variable holds something else',
    ]);
  });

  it('never show in an error about the YAML', async () => {
    const error = await failure(loadText('version: 1\n  token: hush-literal\n'));
    expect(error.message).not.toContain('hush');
  });
});

describe('variables', () => {
  it('that are not set skip an optional source, with the reason', async () => {
    const { sources, secrets, config } = await loadText(sample, confluenceEnv);
    expect(sources).toEqual([
      { status: 'ready', config: config.sources[0] },
      {
        status: 'skipped',
        config: config.sources[1],
        reason: 'not set: JIRA_URL, JIRA_USERNAME, JIRA_API_TOKEN',
      },
    ]);
    expect(secrets).toEqual(['hush-confluence']);
  });

  it('that are not set fail another source, naming each with its place and where to set it', async () => {
    const text = sample.replaceAll('optional: true', 'optional: false');
    const error = await failure(
      loadText(text, { ...confluenceEnv, CONFLUENCE_API_TOKEN: '', JIRA_USERNAME: 'd' }),
    );
    expect(error.code).toBe('config.missing-variables');
    expect(error.kind).toBe('credentials');
    expect(error.message.split('\n').slice(1)).toEqual([
      `  ${folder}/context.config.yaml:7:56: sources[0].auth.token: CONFLUENCE_API_TOKEN`,
      `  ${folder}/context.config.yaml:13:10: sources[1].url: JIRA_URL`,
      `  ${folder}/context.config.yaml:14:50: sources[1].auth.token: JIRA_API_TOKEN`,
    ]);
    expect(error.hint).toContain(join(folder, '.env'));
    expect(error.hint).toContain(join(home, '.config/context-sync/.env'));
  });

  it('of the repository must be set', async () => {
    const text = sample.replace('~/context-sync', `"\${WHERE}"`);
    const error = await failure(loadText(text, { ...confluenceEnv, ...jiraEnv }));
    expect(error.params).toMatchObject({ missing: [{ name: 'WHERE' }] });
  });

  it('of sources that were not asked for need not be set', async () => {
    await write('project/context.config.yaml', sample.replaceAll('optional: true', 'optional: false'));
    const { sources, config } = await load(jiraEnv, { only: ['jira'] });
    expect(sources).toEqual([{ status: 'ready', config: config.sources[1] }]);
    const error = await failure(load(jiraEnv, { only: ['jria'] }));
    expect(error.code).toBe('config.unknown-source');
    expect(error.hint).toContain('confluence, jira');
  });

  it('come from the environment, then .env beside the file, then the user’s .env', async () => {
    const text = confluence(`  spaces: ["\${A}", "\${B}", "\${C}"]`);
    await write('.config/context-sync/.env', 'A=user\nB=user\nC="user # quoted"\nT=t');
    await write('project/.env', 'A=beside\nB=beside\nEMPTY=\nC=\n');
    const { config, warnings } = await loadText(text, { A: 'env', B: '' });
    expect(config.sources[0]).toMatchObject({ spaces: ['env', 'beside', 'user # quoted'] });
    expect(warnings).toEqual([]);
  });

  it('lose white space around them, and are not set when nothing is left', async () => {
    const { config, sources } = await loadText(sample, {
      ...confluenceEnv,
      CONFLUENCE_API_TOKEN: ' hush\n',
      JIRA_URL: ' ',
    });
    expect(config.sources[0]).toMatchObject({ auth: { token: 'hush' } });
    expect(sources[1]).toMatchObject({ reason: 'not set: JIRA_URL, JIRA_USERNAME, JIRA_API_TOKEN' });
  });

  it.each(['A-B}', 'A:-b}', '}', 'A'])('have plain names: not %s', async (rest) => {
    expect(await problems(confluence(`  spaces: ["\${${rest}"]`))).toEqual([
      `8:14: sources[0].spaces[0] must name variables as \${NAME}, of letters, digits and _`,
    ]);
  });

  it.each(['CONFLUENCE', 'JIRA'])('may have the address under either of its names: %s', async (product) => {
    for (const [asked, set] of [
      [`${product}_URL`, `${product}_BASE_URL`],
      [`${product}_BASE_URL`, `${product}_URL`],
    ]) {
      const text = confluence('  spaces: all').replace('https://a.example', `\${${asked}}`);
      const { config } = await loadText(text, { T: 't', [`${set}`]: 'https://b.example' });
      expect(config.sources[0]).toMatchObject({ url: 'https://b.example' });
    }
  });

  it('of Jira are not taken from Confluence’s', async () => {
    const { sources } = await loadText(sample, confluenceEnv);
    expect(sources[1]?.status).toBe('skipped');
  });
});

describe('what is left out', () => {
  const exclude = async (list: string) =>
    (await loadText(confluence(`  spaces: all\n  exclude: ${list}`), { T: 't' })).config.sources[0]?.exclude;

  it('is named by ids, with or without quotes, and never by other ids than are written', async () => {
    expect(await exclude('[1048579, "1048580", 9007199254740991, "12345678901234567890"]')).toEqual([
      '1048579',
      '1048580',
      '9007199254740991',
      '12345678901234567890',
    ]);
    for (const id of ['9007199254740993', '12345678901234567890', '1.5', '-1', 'ACME-1', '~']) {
      expect(await problems(confluence(`  spaces: all\n  exclude: [${id}]`)), id).toEqual([
        '9:15: sources[0].exclude[0] must be the id of a page or blog post; put ids of more than 15 digits into quotes',
      ]);
    }
  });
});

describe('warnings', () => {
  it.each([0o640, 0o604, 0o620])('tell of a .env that others can reach (mode %i)', async (mode) => {
    const file = await write('project/.env', 'T=t', mode);
    const { warnings } = await loadText(confluence('  spaces: all'));
    expect(warnings).toEqual([`${file} can be read by other users: run chmod 600 ${file}`]);
  });

  it('tell of each .env that is read, also of one that a link leads to, and of none that is closed', async () => {
    const text = confluence('  spaces: all');
    const own = await write('project/.env', 'T=t', 0o600);
    expect((await loadText(text)).warnings).toEqual([]);
    const shared = await write('elsewhere/.env', 'T=t', 0o640);
    await rm(own);
    await symlink(shared, own);
    const users = await write('.config/context-sync/.env', 'T=t', 0o644);
    expect((await loadText(text)).warnings).toEqual(
      [own, users].map((file) => `${file} can be read by other users: run chmod 600 ${file}`),
    );
  });

  it('tell of an address without encryption, but for this machine', async () => {
    const text = (url: string) => confluence('  spaces: all').replace('https://a.example', url);
    expect((await loadText(text('http://127.0.0.1:80'), { T: 't' })).warnings).toEqual([]);
    expect((await loadText(text('http://localhost:80/wiki'), { T: 't' })).warnings).toEqual([]);
    expect((await loadText(text('http://wiki.example'), { T: 't' })).warnings).toEqual([
      `${folder}/context.config.yaml:6:10: sources[0].url is http: the token travels unencrypted; use https`,
    ]);
  });
});
