import { isRecord } from '../json.ts';
import type { Json } from './source.ts';

/** A value that says something, numbers as they are written; undefined for anything else. */
export function textOf(object: Json, name: string): string | undefined {
  const value = object[name];
  if (typeof value === 'number') return `${value}`;
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The values of a list; nothing if it is none. */
export function listOf(object: Json, name: string): readonly unknown[] {
  const value = object[name];
  return Array.isArray(value) ? value : [];
}

/** The objects in a list. */
export function objectsOf(object: Json, name: string): readonly Json[] {
  return listOf(object, name).filter(isRecord);
}

/** The object of a name, or one without content. */
export function objectOf(object: Json, name: string): Json {
  const value = object[name];
  return isRecord(value) ? value : {};
}

export function typeOf(object: Json): string {
  return typeof object.type === 'string' ? object.type : '';
}
