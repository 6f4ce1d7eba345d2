import { parseFieldsList } from './fields.ts';
import type { Report } from './problem.ts';

export interface GlossaryEntry {
  readonly term: string;
  readonly aliases: readonly string[];
  readonly definition: string;
  /** Anchor, in the same chapter, of the passage that teaches it. */
  readonly passage: string;
  readonly line: number;
}

export function parseGlossaryFile(text: string, report: Report): GlossaryEntry[] {
  return parseFieldsList(text, report).map((fields) => {
    const entry = {
      term: fields.text('term'),
      aliases: fields.has('aliases') ? fields.texts('aliases') : [],
      definition: fields.text('definition'),
      passage: fields.text('passage'),
      line: fields.line,
    };
    fields.finish();
    return entry;
  });
}
