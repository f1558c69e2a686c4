import { entry } from './entry.ts';

/** What a request was for, such as `the template quarterly-review`. */
export interface Asked {
  readonly what: string;
}

/** Of Google Slides, Drive and Sheets. None holds a token, or what a slide says. */
export const googleErrors = {
  'google.no-credentials': entry<{ reason: string }>({
    kind: 'credentials',
    message: ({ reason }) => `There are no credentials for Google that can be used (${reason}).`,
    hint: () =>
      'Run `ctx slides login --client FILE`, or name the key of a service account in GOOGLE_APPLICATION_CREDENTIALS; docs/guide/slides-google.md tells how to get either.',
  }),
  'google.expired': entry<Asked & { reason: string }>({
    kind: 'credentials',
    message: ({ what, reason }) => `Google no longer takes the credentials (${reason}), for ${what}.`,
    hint: () =>
      'Run `ctx slides login` again, or make a new key of the service account: access was withdrawn, or has run out.',
  }),
  'google.no-client': entry({
    kind: 'usage',
    message: () => 'A login needs an OAuth client.',
    hint: () => 'Name its file with --client; docs/guide/slides-google.md tells how to get one.',
  }),
  'google.bad-client': entry<{ file: string; reason: string }>({
    kind: 'usage',
    message: ({ file, reason }) => `The OAuth client ${file} ${reason}.`,
    hint: () =>
      'Make a client of the type desktop app at https://console.cloud.google.com/apis/credentials and download its JSON file.',
  }),
  'google.login-refused': entry<{ reason: string }>({
    kind: 'credentials',
    message: ({ reason }) => `The login came to nothing (${reason}).`,
    hint: () => 'Run `ctx slides login` again, and allow what Google asks for.',
  }),
  'google.bad-root': entry<{ variable: string }>({
    kind: 'usage',
    message: ({ variable }) => `${variable} in the environment is no address that tokens can be sent to.`,
    hint: ({ variable }) =>
      `Unset ${variable}: it is for simulators on this machine, and for gateways with https.`,
  }),
  'google.missing-scope': entry<Asked>({
    kind: 'credentials',
    message: ({ what }) => `The credentials were not given the scope that ${what} needs (403).`,
    hint: () =>
      'Run `ctx slides login` again and allow what is asked for; docs/guide/slides-google.md names the scopes.',
  }),
  'google.api-off': entry<Asked & { api: string }>({
    kind: 'failed',
    message: ({ what, api }) =>
      `The ${api} API is not switched on in the project of the credentials, for ${what} (403).`,
    hint: ({ api }) =>
      `Switch on the Google ${api} API of the project at https://console.cloud.google.com/apis/library and run again after some minutes.`,
  }),
  'google.forbidden': entry<Asked & { reason: string }>({
    kind: 'failed',
    message: ({ what, reason }) => `Google refuses ${what} (403, ${reason}).`,
    hint: () =>
      'The account needs to see the template, to be allowed to copy it, and to edit the folder of the deck: share them with it.',
  }),
  'google.no-storage': entry<Asked>({
    kind: 'failed',
    message: ({ what }) => `There is no storage left for ${what} (403).`,
    hint: () =>
      'A service account has none of its own: name a folder of a shared drive with --folder. For a person, free some storage.',
  }),
  'google.quota': entry<Asked>({
    kind: 'failed',
    message: ({ what }) => `Google still refuses ${what}, after many waits: a quota is used up (429).`,
    hint: () =>
      'Run again later; the quotas of the project are at https://console.cloud.google.com/iam-admin/quotas',
  }),
  'google.not-found': entry<Asked & { id: string }>({
    kind: 'failed',
    message: ({ what, id }) =>
      `Google knows no ${what} with the id ${id}, or hides it from this account (404).`,
    hint: () =>
      'Check the id, which is in the address between /d/ or /folders/ and the next slash, and share the file with the account. With the scope drive.file only files that ctx made are seen.',
  }),
  'google.not-slides': entry<{ template: string; id: string; type: string }>({
    kind: 'usage',
    message: ({ template, id, type }) =>
      `The template ${template} names the file ${id}, which is no presentation of Google Slides (${type}).`,
    hint: () =>
      'Open it with Google Slides, save it as such (File > Save as Google Slides), and name the id of that.',
  }),
  'google.template-slides': entry<{ template: string; layout: string; slide: number; slides: number }>({
    kind: 'usage',
    message: ({ template, layout, slide, slides }) =>
      `The layout ${layout} of ${template} is slide ${slide}, and its presentation in Google Slides has ${slides}.`,
    hint: () => 'Correct `slide` in template.yaml, or add the slide to the presentation.',
  }),
  'google.layout-gone': entry<{ template: string; layout: string; location: string }>({
    kind: 'failed',
    message: ({ template, layout, location }) =>
      `The deck ${location} no longer has the skipped slide of the layout ${layout} of ${template}, which new slides are made from.`,
    hint: () => 'Bring it back from the version history, or move the deck to the trash to have it made anew.',
  }),
  'google.several-decks': entry<{ title: string; locations: readonly string[] }>({
    kind: 'failed',
    message: ({ title, locations }) => `There are several decks ${title}: ${locations.join(', ')}.`,
    hint: () => 'Move all but one to the trash, or give the deck another title.',
  }),
  'google.refused': entry<{ where: string; reason: string }>({
    kind: 'failed',
    message: ({ where, reason }) => `${where}: Google Slides refuses what is to be written: ${reason}`,
    hint: () =>
      'The deck is as it was before. Correct what the message names in the data or in the template.',
  }),
  'google.conflict': entry<{ location: string; attempts: number }>({
    kind: 'failed',
    message: ({ location, attempts }) =>
      `The deck ${location} was changed by others each of the ${attempts} times that it was to be written.`,
    hint: () => 'The deck is as they left it. Run again when nobody works in it.',
  }),
};
