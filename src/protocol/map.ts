// The wire between the extension and the page "Map". Types only.
//
// The page says `ready`; the extension answers with `show`, and again, whole, whenever something has changed.

import type { ChapterMap } from '../core/study/chapterMap.ts';

export type { ChapterMap, MapEdge, MapNode, MapView } from '../core/study/chapterMap.ts';

export type ToMapPage =
  | { readonly type: 'show'; readonly map: ChapterMap }
  /** Goes to one of the map's views. */
  | { readonly type: 'view'; readonly viewId: string };

export type FromMapPage =
  { readonly type: 'ready' } | { readonly type: 'openChapter'; readonly chapterId: string; readonly beside: boolean };
