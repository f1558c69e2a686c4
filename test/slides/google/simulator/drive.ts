import { ApiError } from './api-error.ts';
import type { Call } from './discovery.ts';
import { imagesOf } from './import.ts';
import { elementsOf, type StoredPresentation } from './presentation.ts';
import type { StoredSpreadsheet } from './sheets.ts';

export interface StoredFile {
  id: string;
  name: string;
  mimeType: string;
  parents: string[];
  appProperties: Record<string, string>;
  createdTime: string;
  modifiedTime: string;
  trashed: boolean;
  /** What the account may do with it. */
  access: 'none' | 'read' | 'write';
  driveId?: string;
  permissions: { type: string; role: string }[];
  presentation?: StoredPresentation;
  spreadsheet?: StoredSpreadsheet;
}

export const MIME = {
  presentation: 'application/vnd.google-apps.presentation',
  spreadsheet: 'application/vnd.google-apps.spreadsheet',
  folder: 'application/vnd.google-apps.folder',
  powerpoint: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

interface FileBody {
  readonly name?: string;
  readonly mimeType?: string;
  readonly parents?: readonly string[];
  readonly trashed?: boolean;
  readonly appProperties?: Readonly<Record<string, string | null>>;
}

export class Drive {
  readonly files = new Map<string, StoredFile>();
  /** Whether My Drive has no room left. */
  isFull = false;
  /** Whether files may go to the trash only, as for many members of shared drives. */
  mayDelete = true;
  now: () => number;
  #ids = 0;

  constructor(now: () => number) {
    this.now = now;
  }

  newId(kind: string): string {
    this.#ids += 1;
    return `${kind}${String(this.#ids).padStart(6, '0')}`;
  }

  add(file: Partial<StoredFile> & Pick<StoredFile, 'name' | 'mimeType'>): StoredFile {
    const time = new Date(this.now()).toISOString();
    const stored: StoredFile = {
      ...{
        id: this.newId('file'),
        parents: ['root'],
        appProperties: {},
        createdTime: time,
        modifiedTime: time,
      },
      ...{ trashed: false, access: 'write', permissions: [{ type: 'user', role: 'owner' }], ...file },
    };
    this.files.set(stored.id, stored);
    return stored;
  }

  /** Fails as Google does: what may not be seen is not there. */
  file(id: string, access: 'read' | 'write'): StoredFile {
    const file = this.files.get(id);
    if (!file || file.access === 'none') throw new ApiError(404, 'notFound', `File not found: ${id}.`);
    if (access === 'write' && file.access === 'read')
      throw new ApiError(
        403,
        'insufficientFilePermissions',
        'The user does not have sufficient permissions for this file.',
      );
    return file;
  }

  async answer(call: Call, body: unknown, media: Buffer | undefined): Promise<unknown> {
    const { fileId = '' } = call.path;
    const from = (body ?? {}) as FileBody;
    switch (call.method) {
      case 'files.get':
        this.#needsAllDrives(this.file(fileId, 'read'), call);
        return told(this.file(fileId, 'read'));
      case 'files.list':
        return this.#list(call.query);
      case 'files.copy': {
        const source = this.file(fileId, 'read');
        this.#needsAllDrives(source, call);
        const copy = this.#put({ ...from, mimeType: source.mimeType }, source.appProperties);
        if (source.presentation) copy.presentation = this.#renamed(source.presentation);
        return told(copy);
      }
      case 'files.create': {
        const file = this.#put(from, {});
        if (from.mimeType === MIME.spreadsheet)
          file.spreadsheet = { sheets: new Map([[0, { title: 'Sheet1', rows: [], charts: new Map() }]]) };
        else if (from.mimeType === MIME.presentation && media)
          file.presentation = await this.#imported(media);
        else throw new ApiError(400, 'badRequest', `the simulator makes no ${from.mimeType} of this`);
        return told(file);
      }
      case 'files.update': {
        const file = this.file(fileId, 'write');
        Object.assign(
          file.appProperties,
          checkedProperties({ ...file.appProperties, ...from.appProperties }),
        );
        if (from.trashed !== undefined) file.trashed = from.trashed;
        if (from.name !== undefined) file.name = from.name;
        return told(file);
      }
      case 'files.delete':
        this.file(fileId, 'write');
        if (!this.mayDelete)
          throw new ApiError(
            403,
            'insufficientFilePermissions',
            'The user does not have sufficient permissions for this file.',
          );
        this.files.delete(fileId);
        return undefined;
      default:
        throw new ApiError(404, 'notFound', `the simulator does not know ${call.method}`);
    }
  }

  #needsAllDrives({ driveId, id }: StoredFile, { query }: Call): void {
    if (driveId !== undefined && query.supportsAllDrives !== 'true')
      throw new ApiError(404, 'notFound', `File not found: ${id}.`);
  }

  #list({
    q = '',
    corpora = 'user',
    driveId,
    includeItemsFromAllDrives,
    supportsAllDrives,
  }: Call['query']): unknown {
    const [, key = '', value = ''] =
      /^appProperties has \{ key='((?:[^'\\]|\\.)*)' and value='((?:[^'\\]|\\.)*)' \} and trashed = false$/.exec(
        q,
      ) ?? [];
    if (key === '') throw new ApiError(400, 'invalid', `Invalid Value of q: ${q}`);
    if (
      corpora === 'drive' &&
      (driveId === undefined || includeItemsFromAllDrives !== 'true' || supportsAllDrives !== 'true')
    )
      throw new ApiError(
        403,
        'invalid',
        'driveId, includeItemsFromAllDrives and supportsAllDrives must be set.',
      );
    const files = [...this.files.values()].filter(
      (file) =>
        file.access !== 'none' &&
        !file.trashed &&
        file.appProperties[key] === value.replace(/\\(.)/g, '$1') &&
        (corpora === 'drive' ? file.driveId === driveId : file.driveId === undefined),
    );
    return { files: files.map(told) };
  }

  #put(
    { name = 'Untitled', mimeType = '', parents = [], appProperties = {} }: FileBody,
    inherited: Record<string, string>,
  ) {
    const [parent, ...others] = parents;
    if (parent === undefined || others.length > 0)
      throw new ApiError(400, 'badRequest', 'One parent must be given.');
    if (parent === 'root' && this.isFull)
      throw new ApiError(403, 'storageQuotaExceeded', 'The user’s Drive storage quota has been exceeded.');
    const folder = parent === 'root' ? undefined : this.file(parent, 'write');
    return this.add({
      ...{
        name,
        mimeType,
        parents: [parent],
        appProperties: checkedProperties({ ...inherited, ...appProperties }),
      },
      ...(folder?.driveId !== undefined && { driveId: folder.driveId }),
      ...(folder && { permissions: structuredClone(folder.permissions) }),
    });
  }

  /** Nothing promises that a copy keeps the ids. */
  #renamed(presentation: StoredPresentation): StoredPresentation {
    const copy = structuredClone(presentation);
    for (const slide of copy.slides) {
      slide.id = this.newId('copied');
      slide.notes = { ...slide.notes, page: this.newId('page'), shape: this.newId('notes') };
      for (const element of elementsOf(slide.elements)) element.id = this.newId('shape');
    }
    return copy;
  }

  async #imported(powerpoint: Buffer): Promise<StoredPresentation> {
    const images = await imagesOf(powerpoint);
    const box = { x: 0, y: 0, width: 100, height: 100 };
    return {
      revision: 1,
      slides: images.map((content) => ({
        ...{ id: this.newId('slide'), isSkipped: false },
        elements: [{ id: this.newId('image'), box, description: '', image: { content, sourceUrl: '' } }],
        notes: { page: this.newId('page'), shape: this.newId('notes'), text: '' },
      })),
    };
  }
}

/** https://developers.google.com/workspace/drive/api/guides/properties#limits */
function checkedProperties(given: Readonly<Record<string, string | null>>): Record<string, string> {
  const kept = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== null);
  for (const [key, value] of kept)
    if (Buffer.byteLength(key + value) > 124)
      throw new ApiError(403, 'propertyLengthExceeded', `${key} is too long.`);
  if (kept.length > 30) throw new ApiError(403, 'propertyCountExceeded', 'Too many properties.');
  return Object.fromEntries(kept);
}

function told({
  id,
  name,
  mimeType,
  parents,
  appProperties,
  createdTime,
  modifiedTime,
  driveId,
  permissions,
}: StoredFile) {
  return {
    ...{
      id,
      name,
      mimeType,
      parents,
      appProperties,
      createdTime,
      modifiedTime,
      shared: permissions.length > 1,
    },
    ...(driveId === undefined ? { permissions } : { driveId }),
    webViewLink: `https://docs.google.com/presentation/d/${id}/edit?usp=drivesdk`,
  };
}
