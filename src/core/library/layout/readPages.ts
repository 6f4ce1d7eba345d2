import { blocksOf } from './blocks.ts';
import type { Block } from '../block.ts';
import { columnsOf } from './columns.ts';
import { withoutFurniture } from './furniture.ts';
import { piecesOf } from './lines.ts';
import type { PageText } from './pageText.ts';

/** What stands on printed pages, in the order in which it is read. */
export function readPages(pages: readonly PageText[]): Block[] {
  const printed = pages.map((page) => ({ height: page.height, pieces: piecesOf(page) }));
  return blocksOf(withoutFurniture(printed).flatMap((pieces) => columnsOf(pieces)));
}
