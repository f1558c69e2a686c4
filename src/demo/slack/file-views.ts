import type { Viewing } from './method.ts';
import type { Json, SlackFile } from './workspace.ts';

/** A file as messages and `files.info` have it. Its content is at `url_private`, for those with a token. */
export function fileView({ workspace, settings }: Viewing, file: SlackFile): Json {
  const { team } = workspace;
  const address = `${settings.filesUrl}/files-pri/${team.id}-${file.id}`;
  const name = encodeURIComponent(file.name.toLowerCase());
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.filetype,
    pretty_type: file.prettyType,
    user: file.user,
    user_team: team.id,
    editable: false,
    size: file.bytes().length,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: file.channels.some((id) => workspace.channels.get(id)?.kind === 'public_channel'),
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: `${address}/${name}`,
    url_private_download: `${address}/download/${name}`,
    permalink: `${team.url}files/${file.user}/${file.id}/${name}`,
    is_starred: false,
    has_rich_preview: false,
    file_access: 'visible',
  };
}
