import { InvalidArgumentError } from 'commander';
import { ageInSeconds } from '../../config/age.ts';

export function count(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It is no number.');
  return Number(text);
}

export const from1To = (most: number) => (text: string) => {
  const number = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > most) throw new InvalidArgumentError(`It is no whole number from 1 to ${most}.`);
  return number;
};

/** Less holds no item. */
export function from200(text: string): number {
  const number = count(text);
  if (number < 200 || number > 1_000_000)
    throw new InvalidArgumentError('It is no number from 200 to 1000000.');
  return number;
}

/** Less holds no document. */
export function from500(text: string): number {
  const number = count(text);
  if (number < 500 || number > 100_000) throw new InvalidArgumentError('It is no number from 500 to 100000.');
  return number;
}

export function port(text: string): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 65_536;
  if (number > 65_535) throw new InvalidArgumentError('It is no port from 0 to 65535.');
  return number;
}

export function seconds(text: string): number {
  const number = /^\d{1,3}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 601;
  if (number > 600) throw new InvalidArgumentError('It is no number of seconds from 0 to 600.');
  return number;
}

export function age(text: string): string {
  if (ageInSeconds(text) === undefined)
    throw new InvalidArgumentError('It is no age, such as 90min, 6h or 2d.');
  return text;
}

export function words(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It has no word.');
  return text;
}

export const list = (text: string): string[] =>
  words(text)
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
