import type { LineBox } from './layout/pageText.ts';

export type BlockKind =
  | 'heading'
  | 'paragraph'
  | 'caption'
  /** An entry of the list of references. */
  | 'reference'
  /** At the foot of a page, in smaller letters. */
  | 'note'
  /** Words of a drawing, a formula on its own, a cell of a table. */
  | 'loose';

/** A heading, a paragraph, a caption: what stands by itself in a document. */
export interface Block {
  readonly kind: BlockKind;
  readonly text: string;
  /** Of a heading: 1 is the document's title. */
  readonly level?: number;
  /** Of a printed page: one a line, in reading order. */
  readonly boxes: readonly LineBox[];
  /** Of a web page: the id of its element in the saved copy. */
  readonly anchor?: string;
}
