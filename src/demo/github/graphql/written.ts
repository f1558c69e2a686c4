import { textOf } from '../../workspace/model.ts';
import type { Login, Written } from '../workspace.ts';
import type { Scope } from './context.ts';
import { actorNode, authorAssociation, reactionGroups } from './people.ts';

/** What comments of all kinds have in common. */
export function writtenFields({ context }: Scope, written: Written): object {
  const { id, author, body, createdAt, editedAt, reactions, minimized } = written;
  return {
    databaseId: id,
    fullDatabaseId: String(id),
    ...authorFields(context, author),
    body: () => textOf(body),
    createdAt,
    updatedAt: editedAt ?? createdAt,
    publishedAt: createdAt,
    ...editFields(context, editedAt ?? null, written.editor ?? author),
    isMinimized: minimized !== undefined,
    minimizedReason: minimized ?? null,
    reactionGroups: () => reactionGroups(context, reactions),
  };
}

export function authorFields(context: Scope['context'], author: Login): object {
  return {
    author: () => actorNode(context, author),
    authorAssociation: authorAssociation(context, author),
  };
}

export function editFields(context: Scope['context'], editedAt: string | null, editor: Login): object {
  return {
    lastEditedAt: editedAt,
    includesCreatedEdit: editedAt !== null,
    editor: () => (editedAt === null ? null : actorNode(context, editor)),
  };
}
