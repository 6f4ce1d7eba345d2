// The entries of a header by name and type, with the errors for those that are missing or make no sense.

import { FileProblemError } from './fileProblem.ts';
import type { GgufHeader } from './ggufHeader.ts';
import type { GgufArray, GgufValue } from './ggufValues.ts';

export type Metadata = GgufHeader['metadata'];

const integerTypes: readonly GgufValue['type'][] = [
  'uint8',
  'int8',
  'uint16',
  'int16',
  'uint32',
  'int32',
  'uint64',
  'int64',
];

export function textAt(metadata: Metadata, key: string): string | undefined {
  const entry = metadata.get(key);
  return entry?.type === 'string' ? entry.value : undefined;
}

export function truthAt(metadata: Metadata, key: string): boolean {
  const entry = metadata.get(key);
  return entry?.type === 'bool' && entry.value !== 0;
}

export function arrayAt(metadata: Metadata, key: string): GgufArray | undefined {
  const entry = metadata.get(key);
  return entry?.type === 'array' ? entry : undefined;
}

/** A number, whole or not. */
export function numberAt(metadata: Metadata, key: string): number | undefined {
  const entry = metadata.get(key);
  return entry && entry.type !== 'string' && entry.type !== 'array' ? entry.value : undefined;
}

/** A whole number within bounds, or undefined if there is no such entry; throws if there is another. */
export function wholeAt(metadata: Metadata, key: string, least: number, most: number): number | undefined {
  const entry = metadata.get(key);
  if (!entry) return undefined;
  if (entry.type === 'string' || entry.type === 'array' || !integerTypes.includes(entry.type)) {
    throw new FileProblemError('shape', `${key} is of type ${entry.type}, not a whole number`);
  }
  return within(key, entry.value, least, most);
}

/** A whole number for every layer: the file has one for all, or a list. */
export function wholePerLayer(
  metadata: Metadata,
  key: string,
  layers: number,
  least: number,
  most: number,
): readonly number[] | undefined {
  const list = arrayAt(metadata, key);
  if (!list) {
    const value = wholeAt(metadata, key, least, most);
    return value === undefined ? undefined : Array.from({ length: layers }, () => value);
  }
  if (!integerTypes.includes(list.of) || !list.numbers || list.length < layers) {
    throw new FileProblemError('shape', `${key} has ${list.length} entries of type ${list.of} for ${layers} layers`);
  }
  return list.numbers.slice(0, layers).map((value) => within(key, value, least, most));
}

export function required<T>(value: T | undefined, key: string): T {
  if (value === undefined) throw new FileProblemError('shape', `${key} is missing`);
  return value;
}

function within(key: string, value: number, least: number, most: number): number {
  if (value >= least && value <= most) return value;
  throw new FileProblemError('shape', `${key} is ${value}, but must lie between ${least} and ${most}`);
}
