// Reads typed fields out of YAML, reporting every problem at its line instead of stopping at the first.

import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type YAMLMap } from 'yaml';
import type { Report } from './problem.ts';

/** A YAML mapping whose fields are asked for by name; what was never asked for is reported as unknown by `finish`. */
export interface Fields {
  readonly line: number;
  text(name: string): string;
  optionalText(name: string): string | undefined;
  texts(name: string): string[];
  integer(name: string, least: number): number;
  optionalInteger(name: string): number | undefined;
  flag(name: string): boolean;
  oneOf<T extends string>(name: string, allowed: readonly [T, ...T[]]): T;
  list(name: string): Fields[];
  has(name: string): boolean;
  /** The line of a field, or of the mapping where the field is missing. */
  lineOf(name: string): number;
  finish(): void;
}

/** Parses `text`, whose first line is line `firstLine` of its file, into the mapping at its top. */
export function parseFields(text: string, firstLine: number, report: Report): Fields | undefined {
  const { root, lineAt } = parse(text, firstLine, report);
  if (isMap(root)) return fieldsOf(root, lineAt, report);
  report(firstLine, 'expected "name: value" lines here');
  return undefined;
}

/** Parses `text` into the list of mappings at its top; an empty file is an empty list. */
export function parseFieldsList(text: string, report: Report): Fields[] {
  const { root, lineAt } = parse(text, 1, report);
  if (root === null) return [];
  if (isSeq(root)) return mapsIn(root.items, lineAt, report);
  report(1, 'expected a list ("- id: …") here');
  return [];
}

/** Parses `text` into the list of texts at its top. */
export function parseTexts(text: string, report: Report): string[] {
  const { root, lineAt } = parse(text, 1, report);
  if (!isSeq(root)) {
    report(1, 'expected a list ("- …") here');
    return [];
  }
  return root.items.flatMap((item) => {
    const value = isScalar(item) ? item.value : undefined;
    if (typeof value === 'string' && value.trim() !== '') return [value];
    report(lineAt(item), 'expected text here (quote an entry with a colon)');
    return [];
  });
}

type LineAt = (node: unknown) => number;

function parse(text: string, firstLine: number, report: Report): { root: Node | null; lineAt: LineAt } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  for (const error of document.errors) {
    const message = error.message.split('\n', 1)[0] ?? error.code;
    report((error.linePos?.[0].line ?? 1) + firstLine - 1, message.replace(/ at line \d+, column \d+:?$/, ''));
  }
  const lineAt: LineAt = (node) => {
    const offset = (node as Partial<Node> | undefined)?.range?.[0] ?? 0;
    return lines.linePos(offset).line + firstLine - 1;
  };
  return { root: document.contents, lineAt };
}

function mapsIn(items: readonly unknown[], lineAt: LineAt, report: Report): Fields[] {
  return items.flatMap((item) => {
    if (isMap(item)) return [fieldsOf(item, lineAt, report)];
    report(lineAt(item), 'expected "name: value" lines here');
    return [];
  });
}

function fieldsOf(map: YAMLMap, lineAt: LineAt, report: Report): Fields {
  const asked = new Set<string>();
  const line = lineAt(map);

  function find(name: string): { value: unknown; line: number } | undefined {
    asked.add(name);
    const pair = map.items.find((item) => isScalar(item.key) && item.key.value === name);
    if (!pair || (isScalar(pair.value) && pair.value.value === null)) return undefined;
    return { value: pair.value, line: lineAt(pair.key) };
  }

  function scalar<T>(name: string, accept: (value: unknown) => value is T, what: string): T | undefined {
    const found = find(name);
    if (!found) return undefined;
    const value = isScalar(found.value) ? found.value.value : undefined;
    if (accept(value)) return value;
    report(found.line, `"${name}" must be ${what}`);
    return undefined;
  }

  const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
  const isInteger = (value: unknown): value is number => Number.isInteger(value);

  function needed<T>(name: string, value: T | undefined, fallback: T): T {
    if (value === undefined && !find(name)) report(line, `"${name}" is missing`);
    return value ?? fallback;
  }

  return {
    line,
    text: (name) => needed(name, scalar(name, isText, 'text'), ''),
    optionalText: (name) => scalar(name, isText, 'text'),
    texts(name) {
      const found = find(name);
      if (!found) return needed<string[]>(name, undefined, []);
      if (!isSeq(found.value)) {
        report(found.line, `"${name}" must be a list`);
        return [];
      }
      return found.value.items.flatMap((item) => {
        // A year or "4-bit" in a list of words is text all the same.
        const value = isScalar(item) ? item.value : undefined;
        if (isText(value) || isInteger(value)) return [String(value)];
        report(lineAt(item), `"${name}" must hold text only (quote an entry with a colon)`);
        return [];
      });
    },
    integer(name, least) {
      const value = needed(name, scalar(name, isInteger, 'a whole number'), least);
      if (value < least) report(find(name)?.line ?? line, `"${name}" must be at least ${least}`);
      return value;
    },
    optionalInteger: (name) => scalar(name, isInteger, 'a whole number'),
    flag: (name) => scalar(name, (value) => typeof value === 'boolean', 'true or false') ?? false,
    oneOf(name, allowed) {
      const [first] = allowed;
      const value = needed<string>(name, scalar(name, isText, 'text'), first);
      const known = allowed.find((entry) => entry === value);
      if (known === undefined)
        report(find(name)?.line ?? line, `"${name}" is "${value}", not one of ${allowed.join(', ')}`);
      return known ?? first;
    },
    list(name) {
      const found = find(name);
      if (!found) return needed<Fields[]>(name, undefined, []);
      if (isSeq(found.value)) return mapsIn(found.value.items, lineAt, report);
      report(found.line, `"${name}" must be a list`);
      return [];
    },
    has: (name) => find(name) !== undefined,
    lineOf: (name) => find(name)?.line ?? line,
    finish() {
      for (const item of map.items) {
        const name = isScalar(item.key) ? String(item.key.value) : '';
        if (!asked.has(name)) report(lineAt(item.key), `"${name}" is not a field of this format`);
      }
    },
  };
}
