import { z } from 'zod';

/*
 * What the connector uses of Confluence's answers. Everything else may come, go or change: unknown keys pass, and only
 * what a document cannot do without is required.
 */

/** Ids stand in addresses and names of files: digits, and those of attachments begin with letters. */
const id = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/));
const optionalId = id.nullish().transform((value) => value ?? undefined);
const optionalText = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);
const links = z.object({ next: optionalText }).nullish();

const version = z.object({
  number: z.number(),
  createdAt: optionalText,
  authorId: optionalText,
  /** What the author noted of it. */
  message: z.string().nullish(),
});

const representation = z.object({ value: z.string() }).nullish();

export const spaceSchema = z.object({ id, key: z.string(), name: optionalText, homepageId: optionalId });

export const contentSchema = z.object({
  id,
  status: optionalText,
  title: z.string(),
  spaceId: optionalId,
  parentId: optionalId,
  parentType: optionalText,
  authorId: optionalText,
  createdAt: optionalText,
  version,
  body: z.object({ storage: representation, export_view: representation }).nullish(),
});

const versioned = z.object({ title: z.string(), body: z.object({ storage: representation }).nullish() });

/** A former or the current state of a page or blog post: title and text alone have versions. */
export const versionSchema = version
  .extend({ page: versioned.nullish(), blogpost: versioned.nullish() })
  .transform(({ page, blogpost, ...own }, context) => {
    const content = page ?? blogpost;
    if (content?.body?.storage) return { id: String(own.number), ...own, ...content };
    context.addIssue({ code: 'custom', message: 'it has no text' });
    return z.NEVER;
  });

export const attachmentSchema = z.object({
  id,
  status: optionalText,
  title: z.string(),
  pageId: optionalId,
  blogPostId: optionalId,
  mediaType: optionalText,
  fileId: optionalText,
  fileSize: z
    .number()
    .nullish()
    .transform((value) => value ?? undefined),
  version,
});

export const containerSchema = z.object({
  id,
  title: optionalText,
  parentId: optionalId,
  parentType: optionalText,
});

export const commentSchema = z.object({
  id,
  pageId: optionalId,
  blogPostId: optionalId,
  parentCommentId: optionalId,
  version: version.nullish(),
  resolutionStatus: optionalText,
  resolutionLastModifiedAt: optionalText,
  properties: z.object({ inlineOriginalSelection: optionalText }).nullish(),
  body: z.object({ storage: representation }).nullish(),
});

export const userSchema = z.object({
  accountId: z.string(),
  type: optionalText,
  displayName: optionalText,
  publicName: optionalText,
});

export const labelSchema = z.object({ id: z.string(), name: z.string() });

/** One page of a v2 listing: https://developer.atlassian.com/cloud/confluence/rest/v2/intro/#pagination */
export const listingSchema = z.object({ results: z.array(z.unknown()), _links: links });

const principals = z
  .object({ results: z.array(z.unknown()), size: z.number().nullish(), totalSize: z.number().nullish() })
  .nullish();

/** `GET /wiki/rest/api/content/{id}/restriction/byOperation/read` */
export const readRestrictionSchema = z.object({
  restrictions: z.object({ user: principals, group: principals }).nullish(),
});

/** What `content/search` expands: labels and who may read, as they were when the index saw this version. */
export const searchedContentSchema = z.object({
  id,
  version: z.object({ number: z.number() }).nullish(),
  metadata: z
    .object({ labels: z.object({ results: z.array(labelSchema), size: z.number().optional() }).nullish() })
    .nullish(),
  restrictions: z.object({ read: readRestrictionSchema.nullish() }).nullish(),
});

export type Space = z.output<typeof spaceSchema>;
export type Content = z.output<typeof contentSchema>;
export type Version = z.output<typeof versionSchema>;
export type ContainerContent = z.output<typeof containerSchema>;
export type Attachment = z.output<typeof attachmentSchema>;
export type Comment = z.output<typeof commentSchema>;
export type SearchedContent = z.output<typeof searchedContentSchema>;

/**
 * Whether only some people may read. Undefined when the answer does not say: both lists must be there. Empty lists mean
 * everyone (https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-content-restrictions/); one whose entries
 * are on another page, or for others to see, is not empty.
 */
export function isRestricted(
  read: z.output<typeof readRestrictionSchema> | null | undefined,
): boolean | undefined {
  const { user, group } = read?.restrictions ?? {};
  if (!user || !group) return undefined;
  return [user, group].some(
    ({ results, size, totalSize }) => Math.max(results.length, size ?? 0, totalSize ?? 0) > 0,
  );
}
