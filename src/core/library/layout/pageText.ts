// What a printed page holds before anybody has read it: runs of text at places. Points (1/72 inch) from the page's top left.

export interface TextRun {
  readonly text: string;
  readonly x: number;
  /** The baseline. */
  readonly y: number;
  readonly width: number;
  /** The font's size. */
  readonly size: number;
  readonly bold: boolean;
}

/** How far letters reach above their baseline, and how high a line is, in sizes of its font. */
export const ascent = 0.8;
export const lineHeight = 1.02;

export interface PageText {
  /** From 1. */
  readonly page: number;
  readonly width: number;
  readonly height: number;
  readonly runs: readonly TextRun[];
}

/** A rectangle of a page. */
export interface Box {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a line of a text stands. */
export interface LineBox extends Box {
  /** Where the line starts in the text, in UTF-16 units. */
  readonly at: number;
}

/** A line of text, or what of it stands in one column. */
export interface Line {
  readonly page: number;
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly baseline: number;
  /** The size of most of its letters. */
  readonly size: number;
  /** Most of its letters are bold. */
  readonly bold: boolean;
}

export function boxOf({ page, left, right, top, bottom }: Line): Box {
  return { page, x: left, y: top, width: right - left, height: bottom - top };
}
