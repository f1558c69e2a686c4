/** The views that everyone has, by what they are called. */
export const OWN_VIEWS: Readonly<Record<string, string>> = {
  ASSIGNED: 'assignee = currentUser() AND resolution = Unresolved',
  WATCHING: 'watcher = currentUser() AND resolution = Unresolved',
};

/** A view of what went on in a project; its folder is called like the project. */
export function projectView(key: string): { readonly name: string; readonly jql: string } {
  const name = key in OWN_VIEWS ? `${key}_PROJECT` : key;
  return { name, jql: `project = "${key}" AND updated >= -90d` };
}
