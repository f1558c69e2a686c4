import { unzip } from 'unzipit';

/** The image of each slide of a PowerPoint file, in their order, in base64. */
export async function imagesOf(powerpoint: Uint8Array): Promise<string[]> {
  const { entries } = await unzip(powerpoint);
  const images: string[] = [];
  for (let slide = 1; entries[`ppt/slides/slide${slide}.xml`]; slide += 1) {
    const relations = (await entries[`ppt/slides/_rels/slide${slide}.xml.rels`]?.text()) ?? '';
    const [, name = ''] = /Target="\.\.\/media\/([^"]+)"/.exec(relations) ?? [];
    const bytes = await entries[`ppt/media/${name}`]?.arrayBuffer();
    if (!bytes) throw new Error(`slide ${slide} has no image`);
    images.push(Buffer.from(bytes).toString('base64'));
  }
  return images;
}
