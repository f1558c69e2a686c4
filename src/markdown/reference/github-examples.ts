import type { Example } from './example.ts';

/** What is written on GitHub beyond plain markdown. */
export const githubExamples: readonly Example[] = [
  { construct: 'marks and headings', source: '## Goals\n\n**bold** _italic_ ~~struck~~ `code`' },
  { construct: 'line ends', source: 'One line\nand the next' },
  { construct: 'task list', source: '- [x] done\n- [ ] open' },
  { construct: 'table', source: '| Name | Age |\n| :--- | ---: |\n| Ann | 7 |' },
  { construct: 'code', source: '```ts\nconst one = 1;\n```' },
  { construct: 'suggestion', source: '```suggestion\nconst two = 2;\n```' },
  { construct: 'alert', source: '> [!WARNING]\n> Mind the gap.' },
  { construct: 'footnote', source: 'It is so.[^1]\n\n[^1]: By measurement.' },
  { construct: 'references to issues', source: 'Fixes #12, GH-13 and acme/web#7' },
  {
    construct: 'commit',
    source: 'Since 8d3f1c5b2a9e47606f1c2d3b4a59687786950413 and acme/web@8d3f1c5',
  },
  { construct: 'mention', source: 'Thanks @ann-lee and @acme/backend, for @types/node too' },
  { construct: 'relative link and image', source: '[guide](docs/guide.md) ![logo](img/logo.png)' },
  {
    construct: 'folded text',
    source: '<details>\n<summary>Log</summary>\n\n- first **line**\n- second\n\n</details>',
  },
  { construct: 'keys and other tags', source: 'Press <kbd>Ctrl</kbd>+<kbd>C</kbd>, H<sub>2</sub>O' },
  {
    construct: 'HTML around markdown',
    source:
      '<p align="center">\n\n**bold** and #12\n\n<img src="https://example.org/a.png" alt="A" width="40">\n</p>',
  },
  {
    construct: 'script and comment',
    source: '<!-- Describe your change -->\n<script>run()</script>\n\nText <b onclick="run()">bold</b>',
  },
  { construct: 'address that runs code', source: '[click](javascript:run())' },
];
