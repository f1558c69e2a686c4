import { describe, expect, it } from 'vitest';
import { fromStorage, linkDocument, markLinks, writeMarkdown } from '../../src/markdown/index.ts';
import { context } from './render.ts';

const open = '\uFDD0';
const close = '\uFDD1';

describe('writeMarkdown', () => {
  it('marks each destination as the tree has it', () => {
    const xml =
      '<p><a href="https://x.example/a b?(c)">x</a> <ac:image ac:alt="i"><ri:url ri:value="https://x.example/i.png"/></ac:image></p>';
    expect(writeMarkdown(fromStorage(xml, context).root)).toBe(
      `[x](${open}https://x.example/a b?(c)${close}) ![i](${open}https://x.example/i.png${close})\n`,
    );
  });
});

describe('linkDocument', () => {
  it.each([
    ['../a b (c).md', '../a%20b%20%28c%29.md'],
    ['../한국어.md#절', '../한국어.md#절'],
    ['a|b`c"<d>\\', 'a%7Cb%60c%22%3Cd%3E%5C'],
    ['https://x.example/?a=1&copy;&b=%20', 'https://x.example/?a=1&amp;copy;&b=%20'],
  ])('writes %s so that markdown and HTML read it whole', (destination, encoded) => {
    const marked = `[a](${open}u${close}) <a href="${open}u${close}">`;
    expect(linkDocument(marked, () => destination)).toBe(`[a](${encoded}) <a href="${encoded}">`);
  });
});

describe('markLinks', () => {
  it('marks links, images and HTML attributes and leaves all else as it is', () => {
    const markdown =
      '# T\r\n\n> - [a *b*](../c.md "t") ![i](<d e.png>) `[x](y)` https://auto.example <z@x.example>\n\n' +
      '<table><tr><td><a href="../f.md?a&amp;b">f</a>\n<img alt="" src="g.png">\n\n    [code](z)\n\n| [h](i.md) |\n| --- |\n\\[n](o)\n';
    const seen: string[] = [];
    const marked = markLinks(markdown, (destination) => {
      seen.push(destination);
      return `https://site.example/${seen.length}`;
    });
    expect(seen).toEqual(['../c.md', 'd e.png', '../f.md?a&b', 'g.png', 'i.md']);
    const originals = ['../c.md', 'd e.png', '../f.md?a&amp;b', 'g.png', 'i.md'];
    const back = marked.replace(
      new RegExp(`${open}https://site.example/(\\d)${close}`, 'g'),
      (_, n) => originals[Number(n) - 1] ?? '',
    );
    expect(back).toBe(markdown);
  });
});
