import type { Element } from '@xmldom/xmldom';
import type JSZip from 'jszip';
import type { Deck } from '../deck.ts';
import { partOf, relations, relationsPath, slidePaths } from './presentation.ts';
import { setText } from './tags.ts';
import { all, parseXml, writeXml } from './xml.ts';

const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const CONTENT = 'application/vnd.openxmlformats-officedocument.presentationml';

/** Gives each slide its notes; a template's own notes are not the deck's. */
export async function writeNotes(zip: JSZip, deck: Deck): Promise<void> {
  for (const [index, slide] of (await slidePaths(zip)).entries()) {
    const text = deck.slides[index]?.notes ?? '';
    const known = (await relations(zip, slide)).find(({ type }) => type === `${TYPES}/notesSlide`);
    if (known === undefined && text === '') continue;
    const path = known?.target ?? (await addNotesPage(zip, slide, index + 1));
    const page = parseXml(await partOf(zip, path));
    const body = all(page, 'p:sp').find(
      (shape) => all(shape, 'p:ph')[0]?.getAttribute('type') === 'body' && all(shape, 'a:p').length > 0,
    );
    if (body === undefined) throw new Error('the page of notes of a slide has no place for text');
    setText(body, text);
    zip.file(path, writeXml(page));
  }
}

async function addNotesPage(zip: JSZip, slide: string, number: number): Promise<string> {
  const path = `ppt/notesSlides/notesOfSlide${number}.xml`;
  const master = await notesMaster(zip);
  zip.file(path, pageOf('p:notes', ''));
  relate(zip, path, [
    { type: 'notesMaster', target: `/${master}` },
    { type: 'slide', target: `/${slide}` },
  ]);
  await addRelation(zip, slide, 'notesSlide', `/${path}`);
  await addContentType(zip, path, `${CONTENT}.notesSlide+xml`);
  return path;
}

async function notesMaster(zip: JSZip): Promise<string> {
  const presentation = 'ppt/presentation.xml';
  const targets = await relations(zip, presentation);
  const known = targets.find(({ type }) => type === `${TYPES}/notesMaster`);
  if (known !== undefined) return known.target;
  const theme = targets.find(({ type }) => type === `${TYPES}/theme`)?.target ?? 'ppt/theme/theme1.xml';
  const path = 'ppt/notesMasters/notesMaster1.xml';
  zip.file(path, pageOf('p:notesMaster', MAP));
  // A theme belongs to one master.
  const ownTheme = 'ppt/theme/themeOfNotes.xml';
  zip.file(ownTheme, await partOf(zip, theme));
  relate(zip, path, [{ type: 'theme', target: `/${ownTheme}` }]);
  await addContentType(zip, path, `${CONTENT}.notesMaster+xml`);
  await addContentType(zip, ownTheme, 'application/vnd.openxmlformats-officedocument.theme+xml');
  const id = await addRelation(zip, presentation, 'notesMaster', `/${path}`);
  const document = parseXml(await partOf(zip, presentation));
  const list = document.createElement('p:notesMasterIdLst');
  const entry = document.createElement('p:notesMasterId');
  entry.setAttribute('r:id', id);
  list.appendChild(entry);
  const [slides] = all(document, 'p:sldIdLst');
  (document.documentElement as Element).insertBefore(list, slides ?? null);
  zip.file(presentation, writeXml(document));
  return path;
}

async function addRelation(zip: JSZip, part: string, type: string, target: string): Promise<string> {
  const id = `ctx-${type}`;
  const path = relationsPath(part);
  const document = parseXml(await partOf(zip, path));
  const relation = document.createElement('Relationship');
  relation.setAttribute('Id', id);
  relation.setAttribute('Type', `${TYPES}/${type}`);
  relation.setAttribute('Target', target);
  (document.documentElement as Element).appendChild(relation);
  zip.file(path, writeXml(document));
  return id;
}

function relate(zip: JSZip, part: string, targets: readonly { type: string; target: string }[]): void {
  const entries = targets.map(
    ({ type, target }, index) =>
      `<Relationship Id="rId${index + 1}" Type="${TYPES}/${type}" Target="${target}"/>`,
  );
  zip.file(
    relationsPath(part),
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${entries.join('')}</Relationships>`,
  );
}

async function addContentType(zip: JSZip, part: string, type: string): Promise<void> {
  const path = '[Content_Types].xml';
  const document = parseXml(await partOf(zip, path));
  const override = document.createElement('Override');
  override.setAttribute('PartName', `/${part}`);
  override.setAttribute('ContentType', type);
  (document.documentElement as Element).appendChild(override);
  zip.file(path, writeXml(document));
}

const MAP =
  '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>';

/** A picture of the slide above, and a text below. */
function pageOf(root: 'p:notes' | 'p:notesMaster', after: string): string {
  const shape = (id: number, placeholder: string, y: number, height: number, text: string) =>
    `<p:sp><p:nvSpPr><p:cNvPr id="${id}" name="Notes ${id}"/><p:cNvSpPr/><p:nvPr><p:ph ${placeholder}/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="685800" y="${y}"/><a:ext cx="5486400" cy="${height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>${text}</p:sp>`;
  const text =
    '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="en-US"/><a:t/></a:r></a:p></p:txBody>';
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<${root} xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${TYPES}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>${shape(2, 'type="sldImg" idx="2"', 685800, 3086100, '')}${shape(3, 'type="body" idx="1"', 4343400, 4114800, text)}</p:spTree></p:cSld>${after || '<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>'}</${root}>`;
}
