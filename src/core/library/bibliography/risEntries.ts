// A RIS file cut into its entries.

export interface RisEntry {
  readonly text: string;
  /** Where it begins, from 1. */
  readonly line: number;
  /** The values of a tag, in their order. */
  readonly values: (tag: string) => string[];
}

const tagged = /^([A-Z][A-Z0-9]) {1,2}-(?: (.*)|$)/;

/** Every entry in the order of the file; an entry begins with its type and ends with "ER" or where the next begins. */
export function splitRis(text: string): RisEntry[] {
  const entries: { lines: string[]; line: number }[] = [];
  let current: { lines: string[]; line: number } | undefined;
  for (const [at, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const tag = tagged.exec(raw)?.[1];
    if (tag === 'TY') entries.push((current = { lines: [], line: at + 1 }));
    if (!current) continue;
    if (tag === 'ER') current = undefined;
    // A line without a tag goes on with the one before it.
    else if (tag === undefined && raw.trim() !== '') current.lines.push(`${current.lines.pop() ?? ''} ${raw.trim()}`);
    else if (tag !== undefined) current.lines.push(raw.trimEnd());
  }
  return entries.map(({ lines, line }) => ({
    text: [...lines, 'ER  - '].join('\n'),
    line,
    values: (tag) => lines.flatMap((each) => (each.startsWith(tag) ? (tagged.exec(each)?.[2]?.trim() ?? []) : [])),
  }));
}
