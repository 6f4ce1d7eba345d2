// A model in several files: name-00001-of-00003.gguf and so on. The engine is given the first and finds the others.

import { basename, dirname, join } from 'node:path';

export interface SplitName {
  readonly stem: string;
  /** From 1. */
  readonly part: number;
  readonly parts: number;
}

const mostParts = 999;

/** What the name of a split model's file says; undefined for any other name. */
export function splitName(path: string): SplitName | undefined {
  const [, stem, part, parts] = /^(.+)-(\d{5})-of-(\d{5})\.gguf$/i.exec(basename(path)) ?? [];
  if (stem === undefined) return undefined;
  const name = { stem, part: Number(part), parts: Number(parts) };
  return name.part >= 1 && name.part <= name.parts && name.parts <= mostParts ? name : undefined;
}

/** All files of the model whose first file this is. */
export function splitFiles(path: string): readonly string[] {
  const name = splitName(path);
  if (!name) return [path];
  const number = (value: number): string => String(value).padStart(5, '0');
  return Array.from({ length: name.parts }, (_, index) =>
    index + 1 === name.part
      ? path
      : join(dirname(path), `${name.stem}-${number(index + 1)}-of-${number(name.parts)}.gguf`),
  );
}
