import JSZip from 'jszip';
import PptxGenJS from 'pptxgenjs';
import { finish } from '../../../src/slides/pptx/finish.ts';
import { addLayouts } from './layouts.ts';

/** What tells one template from another. */
export interface Look {
  readonly title: string;
  /** Six hexadecimal digits: the one colour beside ink, slate and white. */
  readonly accent: string;
  /** The same, much lighter: for the second of two series. */
  readonly tint: string;
}

/** 13⅓ by 7½ inches: 16 to 9. */
export const PAGE = { width: 13.333, height: 7.5 };

/** The bytes of a template's presentation, always the same. */
export async function presentationOf(look: Look): Promise<Buffer> {
  // Its types are those of a module, but it is none.
  const presentation = new (PptxGenJS as unknown as typeof PptxGenJS.default)();
  presentation.defineLayout({ name: 'WIDE', ...PAGE });
  presentation.layout = 'WIDE';
  presentation.theme = { headFontFace: 'Arial', bodyFontFace: 'Arial' };
  addLayouts(presentation);
  const bytes = (await presentation.write({ outputType: 'nodebuffer' })) as Buffer;
  const zip = await JSZip.loadAsync(bytes);
  for (const { name } of zip.file(/^ppt\/theme\/theme\d+\.xml$/)) {
    const theme = await (zip.file(name) as JSZip.JSZipObject).async('string');
    zip.file(name, withColours(theme, look));
  }
  return await finish(zip, look.title);
}

/** Shapes, tables and charts name colours of the theme, which PptxGenJS does not let one choose. */
function withColours(theme: string, { accent, tint }: Look): string {
  const colours = {
    dk1: '1C2430',
    lt1: 'FFFFFF',
    dk2: '5A6675',
    lt2: 'DDE2E8',
    accent1: accent,
    accent2: tint,
    accent3: '5A6675',
    accent4: 'A9B4C0',
    accent5: 'C8D0D9',
    accent6: '3B4654',
    hlink: accent,
    folHlink: '5A6675',
  };
  return Object.entries(colours).reduce((text, [name, colour]) => {
    const slot = new RegExp(`<a:${name}>.*?</a:${name}>`, 's');
    if (!slot.test(text)) throw new Error(`the theme has no colour ${name}`);
    return text.replace(slot, `<a:${name}><a:srgbClr val="${colour}"/></a:${name}>`);
  }, theme);
}
