// A file of nothing but text → its paragraphs.

import type { Block } from './block.ts';
import { cutPassages } from './cutPassages.ts';
import type { DocumentText } from './documentText.ts';

/** What a text file says: its paragraphs are what empty lines part. */
export function plainText(file: string): DocumentText {
  const blocks = file
    .split(/(?:\r\n|\r|\n)[\t ]*(?:\r\n|\r|\n)/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '')
    .map((text): Block => ({ kind: 'paragraph', text, boxes: [] }));
  return { outline: [], passages: cutPassages(blocks).passages };
}
