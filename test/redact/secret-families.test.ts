// biome-ignore-all lint/suspicious/noTemplateCurlyInString: such placeholders are among what is tested
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../src/redact/redactor.ts';

const redactor = createRedactor();
const redacted = (text: string): string => redactor.redact(text, 'confluence/ENG/1').value;

/** Secrets are put together here, so that no scanner takes this file for a leak. */
const of = (length: number, unit = 'aB3dE5gH7jK9mN1pQ'): string => unit.repeat(length).slice(0, length);
const hex = (length: number) => of(length, '0a1b2c3d4e5f6789');
const upper = (length: number) => of(length, 'Q7RT2WK9');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const der = of(64, 'MIIEvQIBADANBgkq');
const pem = (name: string) => `-----BEGIN ${name}-----\n${der}\n${der}\n-----END ${name}-----`;

/** What must not survive is the secret itself; `shown` is how a page writes it, where that is more. */
interface Family {
  readonly secret: string;
  readonly shown?: string;
}

const families: Readonly<Record<string, Family>> = {
  'Atlassian API token': { secret: `ATATT3xFfGF0${of(180)}=1A2B3C4D` },
  'Atlassian scoped token': { secret: `ATSTT3xFfGN0${of(100)}=9F8E7D6C` },
  'Bitbucket access token': { secret: `ATCTT3xFfGN0${of(160)}=1A2B3C4D` },
  'Bitbucket app password': { secret: `ATBB${of(32)}` },
  'Atlassian OAuth client secret': { secret: `ATOAxFfGF0${of(60)}` },
  'older Atlassian token, named': { secret: of(24), shown: `JIRA_API_TOKEN=${of(24)}` },
  'Slack bot token': { secret: `xoxb-${hex(12)}-${hex(12)}-${of(24)}` },
  'Slack user token': { secret: `xoxp-${hex(12)}-${hex(12)}-${hex(12)}-${hex(32)}` },
  'Slack legacy token': { secret: `xoxa-2-${hex(12)}-${of(24)}` },
  'Slack rotated token': { secret: `xoxe.xoxp-1-${of(160)}` },
  'Slack app token': { secret: `xapp-1-A0${upper(9)}-${hex(12)}-${hex(64)}` },
  'Slack webhook': {
    secret: `T0${upper(8)}/B0${upper(8)}/${of(24)}`,
    shown: `https://hooks.slack.com/services/T0${upper(8)}/B0${upper(8)}/${of(24)}`,
  },
  'GitHub classic token': { secret: `ghp_${of(36)}` },
  'GitHub OAuth token': { secret: `gho_${of(36)}` },
  'GitHub user token': { secret: `ghu_${of(36)}` },
  'GitHub installation token': { secret: `ghs_${of(36)}` },
  'GitHub installation JWT': { secret: `ghs_12345_eyJ${of(30)}.eyJ${of(80)}.${of(43)}` },
  'GitHub refresh token': { secret: `ghr_${of(76)}` },
  'GitHub fine-grained token': { secret: `github_pat_${of(22)}_${of(59)}` },
  'GitLab access token': { secret: `glpat-${of(20)}` },
  'GitLab routable token': { secret: `glpat-${of(27)}.01.${hex(9)}` },
  'GitLab deploy token': { secret: `gldt-${of(20)}` },
  'GitLab runner token': { secret: `glrt-t1_${of(20)}` },
  'Google API key': { secret: `AIza${of(35)}` },
  'Google client secret': { secret: `GOCSPX-${of(28)}` },
  'Google access token': { secret: `ya29.${of(120)}` },
  'Google refresh token': { secret: `1//0${of(60)}` },
  'AWS key id': { secret: `AKIA${upper(16)}` },
  'AWS temporary key id': { secret: `ASIA${upper(16)}` },
  'AWS secret key, named': { secret: of(40), shown: `aws_secret_access_key = ${of(40)}` },
  'AWS session token': { secret: `IQoJb3JpZ2luX2Vj${of(300)}` },
  'Azure client secret': { secret: `a1B8Q~${of(34)}` },
  'Azure account key': {
    secret: `${of(86)}==`,
    shown: `DefaultEndpointsProtocol=https;AccountName=x;AccountKey=${of(86)}==;EndpointSuffix=core.windows.net`,
  },
  'Azure DevOps token': { secret: `${of(76)}AZDO${of(4)}` },
  'Stripe live key': { secret: `sk_live_${of(24)}` },
  'Stripe webhook secret': { secret: `whsec_${of(32)}` },
  'npm token': { secret: `npm_${of(36)}` },
  'PyPI token': { secret: `pypi-AgEIcHlwaS5vcmc${of(80)}` },
  'OpenAI project key': { secret: `sk-proj-${of(74)}T3BlbkFJ${of(74)}` },
  'Anthropic key': { secret: `sk-ant-api03-${of(93)}AA` },
  'DigitalOcean token': { secret: `dop_v1_${hex(64)}` },
  'Telegram bot token': { secret: `123456789:AA${of(33)}` },
  'Terraform token': { secret: `${of(14)}.atlasv1.${of(64)}` },
  'SendGrid key': { secret: `SG.${of(22)}.${of(43)}` },
  'Hugging Face token': { secret: `hf_${of(34, 'abcdefGHIJ')}` },
  'Vault token': { secret: `hvs.${of(95)}` },
  JWT: { secret: `eyJ${of(33)}.eyJ${of(80)}.${of(43)}` },
  'bearer token': { secret: of(40), shown: `Authorization: Bearer ${of(40)}` },
  'basic auth': {
    secret: base64('admin:hunter2-Battery'),
    shown: `Authorization: Basic ${base64('admin:hunter2-Battery')}`,
  },
  'postgres password': { secret: 'hunter2', shown: 'postgres://app:hunter2@db.acme.example:5432/x' },
  'mysql password': { secret: 'hunter2', shown: 'mysql://app:hunter2@db.acme.example/x' },
  'mongodb password': { secret: 'hunter2', shown: 'mongodb+srv://app:hunter2@c0.acme.example/x' },
  'redis password': { secret: 'hunter2', shown: 'redis://:hunter2@cache.acme.example:6379/0' },
  'amqp password': { secret: 'hunter2', shown: 'amqps://app:hunter2@mq.acme.example/vhost' },
  'password in a web address': { secret: 'hunter2', shown: 'https://app:hunter2@acme.example/x' },
  'JDBC password': {
    secret: 'hunter2-Battery',
    shown: 'jdbc:postgresql://db.acme.example/x?user=app&password=hunter2-Battery&ssl=true',
  },
  'Oracle password': { secret: 'hunter2', shown: 'jdbc:oracle:thin:scott/hunter2@//db.acme.example:1521/x' },
  'ADO.NET password': {
    secret: 'hunter2-Battery',
    shown: 'Server=db.acme.example;Database=x;User Id=app;Password=hunter2-Battery;',
  },
  'password line': { secret: 'hunter2-Battery', shown: 'password: hunter2-Battery' },
  'password of a variable': { secret: 'hunter2-Battery', shown: 'DB_PASS=hunter2-Battery' },
  'password in other languages': { secret: 'hunter2-Battery', shown: 'Passwort: hunter2-Battery' },
  'password with a wide colon': { secret: 'hunter2-Battery', shown: '\u5BC6\u7801\uFF1Ahunter2-Battery' },
  'short name of a password': { secret: 'hunter2-Battery', shown: 'pw: hunter2-Battery' },
  'key in base64': { secret: base64(pem('RSA PRIVATE KEY')) },
  'key on one line': { secret: pem('PRIVATE KEY').replaceAll('\n', '\\n') },
};

/** In a cell, a bar within the secret would end it; a link's destination stands between the pipeline's marks. */
const surroundings: Readonly<Record<string, (text: string) => string>> = {
  prose: (text) => `We use ${text} for that.`,
  'a code block': (text) => `\`\`\`sh\nexport X\n${text}\n\`\`\`\n`,
  'inline code': (text) => `Set \`${text}\` first.`,
  'a table cell': (text) => `| what | value |\n| - | - |\n| it | ${text} |\n`,
  'an HTML table': (text) => `<table><tr><th>what</th></tr><tr><td>${text}</td></tr></table>`,
  'a JSON string': (text) => JSON.stringify({ note: text }),
  emphasis: (text) => `It is **${text}**.`,
};

describe.each(Object.entries(families))('R5 %s', (_, { secret, shown = secret }) => {
  test.each(Object.entries(surroundings))('in %s', (_, surround) => {
    const text = redacted(surround(shown));
    expect(text).toContain('[redacted:');
    expect(text).not.toContain(secret);
    for (let at = 0; at + 12 <= secret.length && !/[\s-]{4}/.test(secret); at += 4)
      expect(text).not.toContain(secret.slice(at, at + 12));
  });

  test('in a query of a link', () => {
    const text = redacted(
      `[a](\uFDD0https://x.example/c?access_token=${encodeURIComponent(secret)}&a=1\uFDD1)`,
    );
    expect(text).toMatch(/^\[a\]\(\uFDD0https:\/\/x\.example\/c\?access_token=.*\uFDD1\)$/);
    if (secret.length >= 8) expect(text).not.toContain(encodeURIComponent(secret));
  });

  test('in a value of the frontmatter', () => {
    const { value } = redactor.guard({ fields: { note: `See ${shown}` } }, 'jira/A/1');
    expect(JSON.stringify(value)).not.toContain(secret);
  });
});

describe('R5 a token that marks divide is a token still', () => {
  const token = `ghp_${of(36)}`;
  const [head, tail] = [token.slice(0, 20), token.slice(20)];
  test.each([
    ['emphasis', `${head}**${tail}**`],
    ['strikethrough', `${head}~~${tail}~~`],
    ['HTML', `${head}<u>${tail}</u>`],
    ['a tag with attributes', `${head}<span style="color: red">${tail}</span>`],
    ['invisible characters', `${head}\u200B${tail}`],
    ['several marks', `${head.slice(0, 8)}**${head.slice(8)}**\u2060${tail}`],
  ])('%s', (_, text) => {
    const result = redacted(`Use ${text} here.`);
    expect(result).toMatch(/^Use \[redacted:github-token\](?:\*\*|~~|<\/\w+>)? here\.$/);
  });

  test('escapes and character references', () => {
    expect(redacted(`x ${token.replace('_', '\\_')} y`)).toBe('x [redacted:github-token] y');
    expect(redacted(`x ${token.replace('_', '&#95;')} y`)).toBe('x [redacted:github-token] y');
    expect(redacted(`x ${token.replace('_', '&#x5F;')} y`)).toBe('x [redacted:github-token] y');
  });
});

describe('R5 private keys', () => {
  const names = [
    'RSA PRIVATE KEY',
    'EC PRIVATE KEY',
    'PRIVATE KEY',
    'ENCRYPTED PRIVATE KEY',
    'OPENSSH PRIVATE KEY',
  ];
  const shown: Readonly<Record<string, (key: string) => string>> = {
    'as it is': (key) => key,
    'on one line': (key) => key.replaceAll('\n', ' '),
    'in JSON': (key) => JSON.stringify({ type: 'service_account', private_key: `${key}\n` }),
    'in a quote': (key) => key.replaceAll('\n', '\n> '),
    'in a cell': (key) => `| a | b |\n| - | - |\n| x | ${key.replaceAll('\n', '<br>')} |`,
    'without its end': (key) => key.split('\n-----END')[0] ?? '',
  };
  const keys = [...names, 'PGP PRIVATE KEY BLOCK'].map((name) => [name, pem(name)] as const);
  test.each(
    keys.flatMap(([name, key]) => Object.entries(shown).map(([how, show]) => [name, how, show(key)])),
  )('%s %s', (_, __, text) => {
    const result = redacted(text ?? '');
    // As the value of `private_key`, it is found twice.
    expect(result).toMatch(/\[redacted:(?:private|api)-key\]/);
    expect(result).not.toContain(der.slice(0, 16));
  });

  test('of PuTTY', () => {
    const text = `PuTTY-User-Key-File-3: ssh-ed25519\nPublic-Lines: 1\nAAAAC3Nz\nPrivate-Lines: 2\n${der}\n${der}\nPrivate-MAC: 00`;
    expect(redacted(text)).toBe(
      'PuTTY-User-Key-File-3: ssh-ed25519\nPublic-Lines: 1\nAAAAC3Nz\nPrivate-Lines: 2\n[redacted:private-key]\nPrivate-MAC: 00',
    );
  });

  test('public ones and certificates stay', () => {
    for (const text of [pem('PUBLIC KEY'), pem('CERTIFICATE'), base64(pem('CERTIFICATE'))])
      expect(redacted(text)).toBe(text);
  });
});

describe('R5 tables of names and values', () => {
  const password = 'hunter2-Battery';
  test.each([
    ['below a header', `| User | PW |\n| - | - |\n| bob | ${password} |`],
    ['in the first row', `| **Password** | ${password} |\n| - | - |\n| Host | db |`],
    ['in an HTML table', `<table><tr><th>Password</th><td colspan="2">${password}</td></tr></table>`],
    [
      'below a header of an HTML table',
      `<table><thead><tr><th>User</th><th><strong>Password</strong></th></tr></thead><tbody><tr><td>bob</td><td><code>${password}</code></td></tr></tbody></table>`,
    ],
  ])('%s', (_, text) => expect(redacted(text)).toBe(text.replace(password, '[redacted:password]')));
});

describe('R5 passwords in everyday forms', () => {
  const password = ['kX9', 'vQ2!mmR7z'].join('');
  test.each([
    ['below its name', `Password:\n${password}\n`],
    ['after a line break', `Password:\\\n${password}\nUser: bob`],
    ['after a line break in a cell', `| x |\n| - |\n| Password:<br>${password}<br>User: bob |\n`],
    ['below a heading', `## Password\n\n${password}\n`],
    ['below a name in bold, as code', `**Password**\n\n\`${password}\`\n`],
    ['in a code block below its name', `Password:\n\n\`\`\`\n${password}\n\`\`\`\n`],
    ['in a block of YAML', `password: >-\n  ${password}\n`],
    ['in a literal block of YAML', `password: |\n  ${password}\n`],
    ['in a variable of Kubernetes', `- name: DB_PASSWORD\n  value: ${password}\n`],
    ['in a name and a value of JSON', `{"name": "DB_PASSWORD", "value": "${password}"}`],
    ['in a setting of XML', `<add key="DbPassword" value="${password}" />`],
    ['in an attribute of XML', `<password value="${password}"/>`],
    ['in a column of CSV', `user,password\nann,none\nbob,${password}\n`],
    ['in a quoted column with semicolons', `"user";"Password";"note"\r\n"bob";"${password}";"a; b"\r\n`],
    ['in a column with tabs', `user\tpass\nbob\t${password}\n`],
    ['in a short line', `- User: bob\n- Pass: ${password}`],
    ['behind an arrow', `password → ${password}`],
    ['behind an ASCII arrow', `password -> ${password}`],
    ['behind a dash', `Password – ${password}`],
    ['in a sentence', `the password is ${password}, and`],
    ['in a sentence with its use', `The password for staging is \`${password}\`.`],
    ['of mysql', `mysql -uroot -p${password} db`],
    ['of sshpass', `sshpass -p '${password}' ssh host`],
    ['of docker', `docker login -u bob -p ${password} registry.acme.example`],
    ['of a .netrc', `machine host login bob password ${password}`],
  ])('%s', (_, text) => expect(redacted(text)).toBe(text.replace(password, '[redacted:password]')));

  test.each([
    'Password:\nrequired\n\nToken:\nAuthentication-header\n',
    'const TOKEN =\n  /(a|b)[0-9A-Z]{4}!/;',
    'password:\n  secretKeyRef:\n    name: db-password\n    key: password\n',
    '- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef:\n      name: app-secrets\n',
    '- name: DB_PASSWORD\n  value: ${DB_PASSWORD}\n',
    '{"name": "password", "value": "string"}',
    '## Token\n\nhttps://acme.example/rotate-2026\n',
    'user,password\nbob,required\nann,<password>\n',
    'The login asks for user, password\nand then for the second-factor1, twice.',
    'pass: test_login_v2, pass: 12345678',
    'password -> the vault; token – short-lived; the token is short-lived, the password is required',
    'mysql -uroot -p acmedatabase1',
    'docker run -p 8080:8080 nginx:1.27-alpine',
    'login and password required',
  ])('stays: %j', (text) => expect(redacted(text)).toBe(text));
});

test.each([
  '3f786850e387550fdab836ed7e6dc881de23001b',
  '123e4567-e89b-12d3-a456-426614174000',
  `sha256:${hex(64)} and sha512-${of(86)}==`,
  `![a](data:image/png;base64,${of(400)}==)`,
  'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore.',
  'password: see vault',
  'password: ${DB_PASSWORD} and token: {{ token }} and pw: ********',
  'pw: the password of the week',
  'Passwort: siehe Tresor. Kennwort: erforderlich',
  'pass: 12 fail: 3, two-pass: rendering, bypass=something-else',
  'compass: north-by-northwest',
  '<table><tr><th>token</th><td>string</td></tr></table>',
  'https://acme.atlassian.net/wiki/spaces/ENG/pages/123456789/How+to+rotate+API+tokens?focusedCommentId=12345',
  'https://github.com/acme/api/commit/3f786850e387550fdab836ed7e6dc881de23001b#diff-0a1b2c3d',
  'AKIA and ASIA are prefixes; so are ghp_, xoxb- and glpat-',
  'arn:aws:iam::123456789012:role/deploy-to-production-with-a-long-name',
  'org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration',
  '712020:5f0c4a3e-91c2-4c1e-8f5b-3d2a1b0c9d8e',
])('stays: %s', (text) => expect(redacted(text)).toBe(text));
