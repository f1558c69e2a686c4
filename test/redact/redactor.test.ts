// biome-ignore-all lint/suspicious/noTemplateCurlyInString: such placeholders are among what is tested
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SECRET_KINDS } from '../../src/core/secret-kinds.ts';
import { kindOfName } from '../../src/redact/assignments.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { rulesDescription } from '../../src/redact/rules.ts';
import { secretlintKinds, secretlintVersion } from '../../src/redact/secretlint.ts';
import { shapeKinds } from '../../src/redact/shapes.ts';
import { NOTHING_GUARDED } from '../../src/redact/tally.ts';
import { tokenRules } from '../../src/redact/tokens.ts';

const redactor = createRedactor();
const path = 'confluence/ENG/1';
const redact = (text: string) => redactor.redact(text, path);
const redacted = (text: string): string => redact(text).value;

/** Secrets are put together here, so that no scanner takes this file for a leak. */
const repeat = (unit: string, length: number): string => unit.repeat(length).slice(0, length);
const secrets = {
  'atlassian-token': `ATATT3xFfGF0${repeat('aB3_-', 60)}=1A2B3C4D`,
  'aws-access-key': `AKIA${repeat('Q7RT', 16)}`,
  jwt: `eyJ${repeat('hbG1', 20)}.eyJ${repeat('zdW2', 40)}.${repeat('aB_3-', 43)}`,
  'github-token': `ghp_${repeat('aB3d', 36)}`,
  'slack-token': `xoxb-${repeat('12', 12)}-${repeat('34', 12)}-${repeat('aB3', 24)}`,
  'google-api-key': `AIza${repeat('aB_3-', 35)}`,
  'stripe-secret-key-live': `sk_live_${repeat('aB3', 24)}`,
  'private-key': `-----BEGIN RSA PRIVATE KEY-----\n${repeat('MIIE', 64)}\n${repeat('abc/+', 40)}\n-----END RSA PRIVATE KEY-----`,
} as const;
const password = 'hunter2-Battery';

describe('R5 secrets become placeholders of their kind', () => {
  test.each(Object.entries(secrets))('%s', (kind, secret) => {
    const known = kind.startsWith('stripe') ? 'stripe' : kind;
    for (const [before, after] of [
      ['', ''],
      ['See ', ' there.'],
      ['`', '`'],
      ['**', '**'],
      ['> ', '\n'],
      ['(', ')'],
      ['"', '"'],
    ]) {
      const { value, counts } = redact(`${before}${secret}${after}`);
      expect(value).toMatch(new RegExp(`\\[redacted:${known}[a-z-]*\\]`));
      expect(value).toBe(`${before}[redacted:${Object.keys(counts.redacted)[0]}]${after}`);
    }
  });

  test.each(Object.entries(secrets))('%s, as a markdown writer escapes it', (_, secret) => {
    const escaped = secret.replace(/_/g, '\\_');
    expect(redacted(`a\\_b ${escaped} c\\*`)).toMatch(/^a\\_b \[redacted:[a-z-]+\] c\\\*$/);
  });

  test.each([
    [`password: ${password}`, 'password: [redacted:password]'],
    [`Password = ${password}, then go`, 'Password = [redacted:password], then go'],
    [`**Password:** ${password}`, '**Password:** [redacted:password]'],
    [`**Password**: **${password}**`, '**Password**: **[redacted:password]**'],
    [`password: \`${password}\``, 'password: `[redacted:password]`'],
    [`{"password":"${password}","user":"bob"}`, '{"password":"[redacted:password]","user":"bob"}'],
    [`{\\"password\\": \\"${password}\\"}`, '{\\"password\\": \\"[redacted:password]\\"}'],
    [`DB_PASSWORD=${password}`, 'DB_PASSWORD=[redacted:password]'],
    [`DB\\_PASSWORD=${password}`, 'DB\\_PASSWORD=[redacted:password]'],
    [`passwd (prod): ${password}`, 'passwd (prod): [redacted:password]'],
    [`api_key: "${password}"`, 'api_key: "[redacted:api-key]"'],
    [`API key: ${password}`, 'API key: [redacted:api-key]'],
    [`clientSecret => '${password}'`, "clientSecret => '[redacted:secret]'"],
    [`(token: ${password})`, '(token: [redacted:token])'],
    [`<password>${password}</password>`, '<password>[redacted:password]</password>'],
    [`Server=db;Password=${password};Database=x`, 'Server=db;Password=[redacted:password];Database=x'],
    [`mysql --password ${password} -h db`, 'mysql --password [redacted:password] -h db'],
    [
      `curl -u bob@acme.example:${password} https://x.example`,
      'curl -u bob@acme.example:[redacted:password] https://x.example',
    ],
    [`| Password | ${password} |`, `| Password | ${password} |`],
    [
      `| a | b |\n| - | - |\n| Password | ${password} |`,
      '| a | b |\n| - | - |\n| Password | [redacted:password] |',
    ],
    [
      `| user | **Password** |\n| :-- | --- |\n| bob | \`${password}\` |\n`,
      '| user | **Password** |\n| :-- | --- |\n| bob | `[redacted:password]` |\n',
    ],
    ['postgres://app:pass@db.acme.example/x', 'postgres://app:[redacted:password]@db.acme.example/x'],
    ['postgres\\://app:p\\@ss\\@db/x', 'postgres\\://app:[redacted:password]\\@db/x'],
    ['Basic dXNlcjpwYXNzd29yZA==', 'Basic [redacted:basic-auth]'],
    [`Authorization: Bearer ${repeat('a1B2', 32)}`, 'Authorization: Bearer [redacted:bearer-token]'],
    [
      `https://hooks.slack.com/services/T0ABC/B0ABC/${repeat('aB3', 24)}`,
      'https://hooks.slack.com/services/[redacted:slack-webhook]',
    ],
    [`AWS_SECRET_ACCESS_KEY = ${repeat('aB3/+', 40)} end`, 'AWS_SECRET_ACCESS_KEY = [redacted:secret] end'],
    [
      `https://${repeat('a1B2', 20)}:x-oauth-basic@github.com/`,
      'https://[redacted:github-token]:x-oauth-basic@github.com/',
    ],
    ['[redacted:github-token]: hunter2-Battery', '[redacted:github-token]: hunter2-Battery'],
    ['"password": "correct horse battery"', '"password": "correct horse battery"'],
  ])('%j', (text, expected) => expect(redacted(text)).toBe(expected));

  test('the scanned text cannot switch the scanner off', () => {
    const text = `<!-- secretlint-disable -->\n${secrets['slack-token']} // secretlint-disable-line\n`;
    expect(redacted(text)).toBe(
      '<!-- secretlint-disable -->\n[redacted:slack-token] // secretlint-disable-line\n',
    );
  });

  test('a key whose end is missing goes with all its lines', () => {
    const begin = secrets['private-key'].split('\n-----END')[0];
    expect(redacted(`${begin}\n\nProse.`)).toBe('[redacted:private-key]\n\nProse.');
  });

  test('marks around link destinations stay, also within a finding', () => {
    const link = `[a](\uFDD0https://x.example/c?token=${password}&p=1\uFDD1)`;
    expect(redacted(link)).toBe('[a](\uFDD0https://x.example/c?token=[redacted:token]&p=1\uFDD1)');
    const across = secrets['private-key'].replace('\n', '\n\uFDD0x\uFDD1');
    expect(redacted(across)).toBe('[redacted:private-key]\uFDD0\uFDD1');
  });

  test('each secret counts once, however often it stands in a document', () => {
    const text = `password: ${password}\npwd: ${password}\npwd: other-${password}\n${secrets.jwt}`;
    const { counts } = redactor.guard({ title: `password=${password}`, text }, path);
    expect(counts).toEqual({ redacted: { jwt: 1, password: 2 }, allowed: {}, invisible: 0 });
  });
});

test.each([
  'token: the string that names you',
  'password: see vault',
  'Password: required',
  'Token: Authentication failed',
  'Forgot your password? Reset: here',
  'password: ${DB_PASSWORD}',
  'password: <password>',
  'password: ********',
  'password: changeme',
  'password: {{ vault_password }}',
  'api_key: $API_KEY',
  'secret: arn:aws:secretsmanager:eu-west-1:123:secret/x',
  'token = process.env.GITHUB_TOKEN',
  'token: await getToken()',
  'const password = config.database.password;',
  'password: [redacted:password]',
  'token: ${{ secrets.GITHUB_TOKEN }}',
  'secret: ACME-12345',
  '| name | type |\n| - | - |\n| token | string |\n| password | required |',
  '| Token | Description |\n| --- | --- |\n| Refresh | Short-lived |',
  'postgres://user:${PASSWORD}@host/db and https://user:<password>@host',
  'ssh://git@host.example:22/repo.git https://x.example:8080/@scope/pkg',
  '123e4567-e89b-12d3-a456-426614174000',
  `commit 3f786850e387550fdab836ed7e6dc881de23001b and sha256:${'ab12'.repeat(16)}`,
  'ACME-1234 ENG-9 image-8f14e45fceea167a5a36dedd4bea2543-large@2x.png',
  'why-we-moved-our-authentication-service-to-another-region-and-back',
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk',
  'Basic authentication and Bearer authentication, a basic understanding',
  '-----BEGIN PRIVATE KEY----- is how such a file begins',
  'tokens: 1234567890 max_tokens: 4096 tokenizer: sentencepiece',
  'secretName: my-tls-certificate',
  '712020:5f0c4a3e-91c2-4c1e-8f5b-3d2a1b0c9d8e',
])('stays: %s', (text) => expect(redacted(text)).toBe(text));

describe('invariants', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...Object.values(secrets),
      `password: ${password}`,
      'token=',
      '"secret": "',
      `postgres://a:${password}@h/`,
    ),
    fc.constantFrom(
      '[redacted:jwt]',
      '[redacted:',
      ']',
      '\uFDD0',
      '\uFDD1',
      '\\',
      '\\_',
      '_',
      '|',
      '\n',
      ' ',
      '`',
      '**',
      '"',
      '&amp;',
      '&#x5F;',
    ),
    fc.constantFrom(
      '\n| Password | b |\n| - | - |\n| ',
      ' | ',
      '-----BEGIN PRIVATE KEY-----',
      'Bearer ',
      'eyJ',
      ':',
      '=',
      '@',
      '://',
      '.',
    ),
    fc.string({ unit: 'grapheme-ascii', maxLength: 12 }),
    fc.base64String({ minLength: 8, maxLength: 40 }),
  );
  const texts = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

  test('R5 redacting again changes nothing', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = redacted(text);
        expect(redact(once)).toEqual({ value: once, counts: NOTHING_GUARDED });
      }),
      { numRuns: 500 },
    );
  });

  test('marks stay in number and order, and text without findings stays as it is', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { value, counts } = redact(text);
        const marks = (value: string) => value.match(/[\uFDD0\uFDD1]/g);
        expect(marks(value)).toEqual(marks(text));
        if (Object.keys(counts.redacted).length === 0) expect(value).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  test('R5 a token does not survive any surroundings of words', () => {
    const words = fc.stringMatching(/^[ a-z.,\n()*`]{0,40}$/);
    fc.assert(
      fc.property(words, fc.constantFrom(...Object.values(secrets)), words, (before, secret, after) => {
        expect(redacted(`${before} ${secret} ${after}`)).not.toContain(secret.slice(0, 24));
      }),
      { numRuns: 300 },
    );
  });
});

test('R5 values are walked, keys too; names of secrets count', () => {
  const value = {
    title: `How to use ${secrets.jwt}`,
    labels: ['ops', `password=${password}`],
    version: 3,
    none: null,
    fields: {
      'API token': password,
      [secrets.jwt]: 'a key',
      [`${secrets.jwt}x`]: 'another',
      nested: [{ url: `https://a:${password}@x.example/` }],
    },
    people: { '712020:5f0c4a3e-91c2-4c1e-8f5b-3d2a1b0c9d8e': 'Ann' },
  };
  expect(redactor.guard(value, path).value).toEqual({
    title: 'How to use [redacted:jwt]',
    labels: ['ops', 'password=[redacted:password]'],
    version: 3,
    none: null,
    fields: {
      'API token': '[redacted:token]',
      '[redacted:jwt]': 'a key',
      '[redacted:jwt] (2)': 'another',
      nested: [{ url: 'https://a:[redacted:password]@x.example/' }],
    },
    people: value.people,
  });
});

describe('a scan that fails lets nothing through and says nothing of the text', () => {
  const text = `password: ${password}`;
  const failureOf = (rule: (text: string) => []) => {
    const failing = createRedactor({ timeLimit: 300, rules: [rule] });
    try {
      failing.redact(text, path);
    } catch (error) {
      return error;
    }
    return undefined;
  };
  const endless = (): [] => {
    // It would end in years.
    /^(?:a+)+$/.test(`${'a'.repeat(80)}!`);
    return [];
  };

  test.each([
    ['a regular expression that does not end', endless, 'it took longer than 300 ms'],
    [
      'a loop that does not end',
      () => {
        for (;;);
      },
      'it took longer than 300 ms',
    ],
    [
      'a crash',
      (text: string): [] => {
        throw new SyntaxError(`unexpected: ${text}`);
      },
      'SyntaxError',
    ],
    [
      'a crash with something that is no error',
      (): [] => {
        throw text;
      },
      'unknown error',
    ],
  ])('R5 %s', (_, rule, reason) => {
    const failure = failureOf(rule as (text: string) => []);
    expect(failure).toMatchObject({
      code: 'pipeline.scan-failed',
      kind: 'partial',
      params: { path, reason },
    });
    expect(inspect(failure, { depth: null, showHidden: true })).not.toContain(password);
    expect(redacted(text)).toBe('password: [redacted:password]');
  });
});

describe('many at once', () => {
  const items = Object.values(secrets).map((secret, index) => ({
    value: { title: `Page number ${index}`, text: `password: ${password}, ${secret}` },
    path: `confluence/ENG/${index}`,
  }));

  test('each is guarded as it is alone', () => {
    const redactor = createRedactor({ allow: [{ rule: 'password', path: '*/*/1' }] });
    const alone = items.map(({ value, path }) => redactor.guard(value, path));
    expect(redactor.guardAll(items)).toEqual(alone);
    expect(redactor.guardAll([])).toEqual([]);
  });

  test.each([
    [
      'takes too long',
      (text: string): [] => {
        while (text.includes('Page number 1'));
        return [];
      },
      'it took longer than 300 ms',
    ],
    [
      'crashes',
      (text: string): [] => {
        if (text.includes('Page number 1')) throw new SyntaxError(text);
        return [];
      },
      'SyntaxError',
    ],
  ])('R5 one that %s fails alone', (_, rule, reason) => {
    const found = createRedactor({ timeLimit: 300, rules: [rule] }).guardAll(items);
    const plain = createRedactor().guardAll(items);
    expect(found.toSpliced(1, 1)).toEqual(plain.toSpliced(1, 1));
    const params = { path: 'confluence/ENG/1', reason };
    expect(found[1]).toMatchObject({ code: 'pipeline.scan-failed', params });
    expect(inspect(found[1], { depth: null, showHidden: true })).not.toContain(password);
  });
});

describe('the allow-list', () => {
  const allowing = (rule: string, glob: string) => createRedactor({ allow: [{ rule, path: glob }] });
  const text = `password: ${password} and ${secrets.jwt}`;

  test.each(['confluence/ENG/**', 'confluence/*/1', '**', path])(
    '%s lets findings of its rule stay',
    (glob) => {
      const { value, counts } = allowing('password', glob).redact(text, path);
      expect(value).toBe(`password: ${password} and [redacted:jwt]`);
      expect(counts).toEqual({ redacted: { jwt: 1 }, allowed: { password: 1 }, invisible: 0 });
    },
  );

  test.each(['confluence/OPS/**', 'confluence/ENG/2', 'jira/**', 'confluence'])(
    '%s is another document',
    (glob) =>
      expect(allowing('password', glob).redact(text, path).value).toBe(
        'password: [redacted:password] and [redacted:jwt]',
      ),
  );

  test('covers facts that a name tells', () => {
    expect(allowing('token', '**').guard({ 'API token': password }, path).value).toEqual({
      'API token': password,
    });
  });

  test('never lets more stay than its own rule found', () => {
    const token = `token: ${secrets['slack-token']}`;
    expect(allowing('slack-token', '**').redact(token, path).value).toBe('token: [redacted:token]');
  });
});

describe('the version', () => {
  test('is a stable name of the rules', () => {
    expect(createRedactor().version).toBe(redactor.version);
    expect(redactor.version).toMatch(/^[0-9a-f]{16}$/);
  });

  test('changes with the allow-list', () => {
    const versions = [
      [],
      [{ rule: 'jwt', path: '**' }],
      [{ rule: 'jwt', path: 'jira/**' }],
      [{ rule: 'password', path: '**' }],
    ].map((allow) => createRedactor({ allow }).version);
    expect(new Set(versions).size).toBe(versions.length);
  });

  test("covers secretlint's version and every pattern", () => {
    expect(rulesDescription).toContain(secretlintVersion);
    for (const { pattern } of tokenRules) expect(rulesDescription).toContain(String(pattern));
    expect(rulesDescription).toContain('passwort');
    expect(rulesDescription).toContain('BEGIN');
    expect(rulesDescription).toContain('AKIA');
  });
});

test('every kind of a rule is known to the configuration', () => {
  const kinds = [...secretlintKinds, ...shapeKinds, ...tokenRules.map(({ kind }) => kind), 'private-key'];
  kinds.push(...['password', 'API token', 'secret', 'api key'].map((name) => kindOfName(name) ?? ''));
  expect([...new Set(kinds)].sort()).toEqual([...SECRET_KINDS].sort());
});

test('R5 a text that grows new secrets out of every replacement comes to its end', () => {
  const token = `npm_${'aB3dE5gH7jK9'.repeat(3)}`;
  const text = `x ${token.repeat(3_000)} y`;
  const { value } = redact(text);
  expect(value).toMatch(/^x (?:\[redacted:[a-z-]+\])+ y$/);
  expect(redact(value).value).toBe(value);
});

test('hostile text is scanned in linear time', () => {
  const units = [
    'eyJ',
    'a',
    'password:',
    '|',
    '| - ',
    '://a:',
    '://',
    '-----BEGIN PRIVATE KEY-----',
    '\\_',
    '"',
    'token="',
    'AT',
    'x-',
    'bearer ',
    '--password',
  ];
  units.push(
    'pass:',
    'password value=',
    'name=token',
    'token,a\n',
    'password:\n',
    'mysql -p',
    'password is ',
  );
  for (const unit of [...units, '[redacted:a]', '| - |\n', '-u', secrets['aws-access-key']]) {
    const started = performance.now();
    redact(unit.repeat(Math.ceil(200_000 / unit.length)));
    expect(performance.now() - started, unit).toBeLessThan(2_000);
  }
});

const corpus = join(import.meta.dirname, '../../../shared/corpus');
test.skipIf(!existsSync(corpus))(
  'real pages and tickets hold next to nothing to redact (../shared/corpus)',
  () => {
    const strings = (value: unknown): string[] =>
      typeof value === 'string'
        ? [value]
        : value !== null && typeof value === 'object'
          ? Object.values(value).flatMap(strings)
          : [];
    const total: { [kind: string]: number } = {};
    for (const folder of ['jira-issues', 'confluence-pages']) {
      for (const name of readdirSync(join(corpus, folder), { recursive: true, encoding: 'utf8' })) {
        if (!/\.(?:json|mdx?|xhtml)$/.test(name)) continue;
        const text = readFileSync(join(corpus, folder, name), 'utf8');
        const { counts } = redact(name.endsWith('.json') ? strings(JSON.parse(text)).join('\n\n') : text);
        for (const [kind, count] of Object.entries(counts.redacted)) total[kind] = (total[kind] ?? 0) + count;
      }
    }
    process.stdout.write(`redacted in the corpus: ${JSON.stringify(total)}\n`);
    expect(Object.values(total).reduce((sum, count) => sum + count, 0)).toBeLessThan(5);
  },
);
if (!existsSync(corpus)) process.stdout.write(`skipped the corpus of real documents: ${corpus} is absent\n`);
