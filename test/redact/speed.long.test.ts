import { describe, expect, test } from 'vitest';
import { stripInvisible } from '../../src/core/invisible.ts';
import { createRedactor } from '../../src/redact/redactor.ts';

/** What a rule begins with, again and again, so that each place could be the beginning of a long way to nothing. */
const units = [
  ...[
    'AT',
    'ATATT3',
    'ATBB',
    'AKIA',
    'ABSK',
    'IQoJb3JpZ2luX2Vj',
    'AIza',
    'GOCSPX-',
    'ya29.',
    '1//0',
    'ghs_1_eyJ',
  ],
  ...[
    'ghp_',
    'github_pat_',
    'glpat-',
    'xoxb-',
    'xoxe.xoxp-',
    'dp.st.',
    'dt0c01.',
    'sk-ant-',
    'sk-proj-',
    'npm_',
  ],
  ...[
    'pypi-AgE',
    'AZDO',
    'Q~',
    '0Q~',
    '+ASt',
    '.atlasv1.',
    'eyJ',
    'eyJ.',
    'aaaaaaaaeyJaaaaaaaa.',
    '123456789:AA',
  ],
  ...[
    '://',
    '://a:',
    '://a:b',
    ':',
    '@',
    'jdbc:oracle:thin:',
    'jdbc:oracle:thin:a/',
    'bearer ',
    'basic ',
    '-u ',
    '-u a:',
  ],
  ...[
    'hooks.slack.com/services/',
    'discord.com/api/webhooks/',
    'webhook.office.com/webhookb2/',
    '?sig=',
    '&sig=',
  ],
  ...[
    'password',
    'password:',
    'password: ',
    'password="',
    '--password',
    '--password ',
    'token=',
    'secret (',
    'pw',
  ],
  ...['<password>', 'passwort', 'passwort:', '_pass=', '[redacted:', '[redacted:jwt]', '[redacted:a-'],
  ...[
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----\\nAAAAAAAAAAAAAAAA',
    '-----BEGIN ',
    'LS0tLS1CRUdJTi',
  ],
  ...[
    'Private-Lines: 1\n',
    'Private-Lines: 1\nAAAAAAAAAAAAAAAA\n',
    'A',
    'a',
    'a ',
    'aA1+/',
    '=',
    '==',
    '\\',
    '\\_',
  ],
  ...[
    '|',
    '| a ',
    '| a |\n',
    '| - ',
    '| - |\n',
    '| a |\n| - |\n',
    '<table>',
    '<tr><td>',
    '<td><b>',
    '<td',
    '</td>',
  ],
  ...[
    '*',
    '**',
    'a*',
    'a**',
    '~~',
    'a<b>',
    'a<b ',
    'a<b x',
    '`',
    '"',
    "'",
    '&#x5F;',
    '&#95;',
    '&amp;',
    '\u200B',
    'a\u200B',
  ],
  ...[
    '\uFDD0',
    '\uFDD1',
    '\u{1F3F4}\u{E0067}',
    '\u05D0\u200E',
    '${',
    '{{',
    '<',
    '%s',
    '....',
    ';a=',
    '_',
    '\n',
    '\t',
  ],
];

const LENGTH = 250_000;

describe('a long text of any rule’s beginnings is scanned to its end', () => {
  const redactor = createRedactor({ timeLimit: 20_000 });
  test.each(units)('%j', (unit) => {
    const text = unit.repeat(Math.ceil(LENGTH / unit.length));
    expect(() => redactor.guard(text, 'confluence/ENG/1')).not.toThrow();
    expect(() => redactor.guard(`x ${text} password: y`, 'confluence/ENG/1')).not.toThrow();
    expect(() => stripInvisible(text)).not.toThrow();
  });
});
