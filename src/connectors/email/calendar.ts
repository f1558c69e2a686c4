import type { Invitation } from './mail.ts';

interface Property {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
}

/** More of them are a calendar, and no invitation. */
const MAX_EVENTS = 20;
const MAX_ATTENDEES = 100;

/** The events of a calendar part (https://www.rfc-editor.org/rfc/rfc5545), in its order. */
export function invitationsIn(calendar: string): Invitation[] {
  const found: Invitation[] = [];
  let method: string | undefined;
  const open: { readonly kind: string; readonly properties: Property[] }[] = [];
  for (const property of propertiesIn(calendar)) {
    const { name, value } = property;
    if (name === 'BEGIN') open.push({ kind: value.trim().toUpperCase(), properties: [] });
    else if (name === 'END') {
      const closed = open.pop();
      if (closed?.kind === 'VEVENT' && found.length < MAX_EVENTS)
        found.push(eventOf(closed.properties, method));
    } else if (name === 'METHOD') method = value.trim().toUpperCase();
    else open.at(-1)?.properties.push(property);
  }
  return found;
}

function eventOf(properties: readonly Property[], method: string | undefined): Invitation {
  const one = (name: string) => properties.find((property) => property.name === name);
  const words = (name: string) => plain(one(name)?.value)?.trim() || undefined;
  const attendees = properties.filter(({ name }) => name === 'ATTENDEE').slice(0, MAX_ATTENDEES);
  const organizer = one('ORGANIZER');
  const [summary, location, description] = [words('SUMMARY'), words('LOCATION'), words('DESCRIPTION')];
  const [start, end] = [timeOf(one('DTSTART')), timeOf(one('DTEND'))];
  const rule = one('RRULE')?.value.trim();
  return {
    ...(method && { method }),
    ...(summary && { summary }),
    ...(start && { start }),
    ...(end && { end }),
    ...(rule && { rule }),
    ...(location && { location }),
    ...(organizer && { organizer: personOf(organizer) }),
    attendees: attendees.map(personOf),
    ...(description && { description }),
  };
}

function personOf({ parameters, value }: Property): string {
  const address = value.trim().replace(/^mailto:/i, '');
  const name = parameters.get('CN')?.trim();
  return name && name !== address ? `${name} <${address}>` : address;
}

/** Calendar times are of a zone that a library of zones would have to know; its name says it to a reader. */
function timeOf(property: Property | undefined): string | undefined {
  if (!property) return undefined;
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(?:\d{2})?(Z?))?/.exec(property.value.trim());
  if (!match) return property.value.trim() || undefined;
  const [, year, month, day, hour, minute, utc] = match;
  const date = `${year}-${month}-${day}`;
  if (hour === undefined) return date;
  const zone = utc ? 'UTC' : property.parameters.get('TZID')?.trim();
  return `${date} ${hour}:${minute}${zone ? ` ${zone}` : ''}`;
}

function* propertiesIn(calendar: string): Generator<Property> {
  for (const line of calendar.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)) {
    const match = /^([A-Za-z0-9-]+)((?:;[^":;]*(?:"[^"]*"[^":;]*)*)*):(.*)$/.exec(line);
    if (!match) continue;
    const [, name = '', parameters = '', value = ''] = match;
    yield { name: name.toUpperCase(), parameters: parametersOf(parameters), value };
  }
}

function parametersOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', quoted, bare] of text.matchAll(/;([^=;]+)=(?:"([^"]*)"|([^;]*))/g))
    found.set(name.toUpperCase(), quoted ?? bare ?? '');
  return found;
}

function plain(value: string | undefined): string | undefined {
  return value?.replace(/\\([\\;,nN])/g, (_, character: string) =>
    character.toLowerCase() === 'n' ? '\n' : character,
  );
}
