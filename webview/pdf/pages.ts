// The pages of a PDF, drawn by pdf.js's own viewer: only those near the window have a canvas.

import type { PdfPlace } from '../../src/protocol/pdf.ts';
import { element } from '../dom.ts';
import {
  AnnotationEditorType,
  AnnotationMode,
  EventBus,
  type GenericL10n,
  PDFFindController,
  PDFLinkService,
  PDFViewer,
  type PDFDocumentProxy,
} from './pdfjs.ts';

/** In pixels of the screen. A page that would need more is drawn coarser, and sharp where the window is. */
const mostCanvasPixels = 2 ** 24;

/** A page that has been laid out. */
export interface PageView {
  readonly element: HTMLElement;
  /** CSS pixels a point. */
  readonly scale: number;
  /** Once it has been drawn. */
  readonly textLayer: HTMLElement | undefined;
}

export interface Pages {
  readonly container: HTMLDivElement;
  readonly events: EventBus;
  readonly links: PDFLinkService;
  /** Shows a document at a place, or at its start. Resolves when its pages are laid out. */
  readonly show: (document: PDFDocumentProxy, place: PdfPlace | undefined) => Promise<void>;
  readonly count: () => number;
  /** From 1. */
  readonly current: () => number;
  readonly goTo: (page: number) => void;
  /** Scrolls so that what is `y` points below the top of a page stands in the upper third of the window. */
  readonly reveal: (page: number, y: number) => Promise<void>;
  readonly view: (page: number) => PageView | undefined;
  readonly place: () => PdfPlace;
  readonly zoom: () => { readonly name: string; readonly factor: number };
  readonly setZoom: (zoom: string) => void;
  /** `at` is the point of the window that stays where it is. */
  readonly zoomBy: (steps: number, at?: { readonly x: number; readonly y: number }) => void;
}

/** pdf.js's links, except that addresses are left to the extension: they become data, and nothing to follow. */
class AskingLinks extends PDFLinkService {
  override addLinkAttributes(link: HTMLAnchorElement, url: string): void {
    link.dataset['href'] = url;
    link.title = url;
    link.tabIndex = 0;
    link.setAttribute('role', 'link');
  }
}

/** pdf.js would fetch the words of its own interface, of which nothing is shown here. */
const noWords = { pause: () => undefined, resume: () => undefined } as unknown as InstanceType<typeof GenericL10n>;

export function createPages(): Pages {
  const viewerElement = element('div', { class: 'pdfViewer' });
  const container = element(
    'div',
    { class: 'pages', tabindex: 0, role: 'document', 'aria-label': 'Pages' },
    viewerElement,
  );
  const events = new EventBus();
  const links = new AskingLinks({ eventBus: events });
  let viewer: PDFViewer | undefined;
  let shown: PDFDocumentProxy | undefined;

  /** It measures its container, which must be in the page by then. */
  const start = (): PDFViewer => {
    const finder = new PDFFindController({ eventBus: events, linkService: links, delay: 120 });
    const made = new PDFViewer({
      container,
      viewer: viewerElement,
      eventBus: events,
      linkService: links,
      findController: finder,
      annotationMode: AnnotationMode.ENABLE,
      annotationEditorMode: AnnotationEditorType.DISABLE,
      maxCanvasPixels: mostCanvasPixels,
      l10n: noWords,
    });
    links.setViewer(made);
    // A fitting goes on to fit when the window, or what stands beside the pages, changes.
    new ResizeObserver(() => {
      const { currentScaleValue } = made;
      if (shown && !Number(currentScaleValue)) made.currentScaleValue = currentScaleValue;
      made.update();
    }).observe(container);
    return made;
  };
  const view = (page: number): PageView | undefined => {
    const found = viewer?.getPageView(page - 1) as
      { div: HTMLElement; viewport: { scale: number }; textLayer: { div: HTMLElement } | null } | undefined;
    return found && { element: found.div, scale: found.viewport.scale, textLayer: found.textLayer?.div ?? undefined };
  };
  const scrollTo = (page: number, fraction: number): void => {
    const found = view(page)?.element;
    if (found) container.scrollTop = found.offsetTop + found.clientTop + fraction * found.clientHeight;
  };
  const place = (): PdfPlace => {
    const page = viewer?.currentPageNumber ?? 1;
    // The page at the top edge, which need not be the one that shows most.
    const top = container.scrollTop;
    let at = page;
    for (let above = view(at); at > 1 && above && above.element.offsetTop > top; above = view(at)) at--;
    const found = view(at)?.element;
    const fraction = found ? (top - found.offsetTop - found.clientTop) / Math.max(1, found.clientHeight) : 0;
    return {
      page: at,
      fraction: Math.min(1, Math.max(0, Math.round(fraction * 10_000) / 10_000)),
      zoom: zoomName(viewer?.currentScaleValue),
    };
  };

  return {
    container,
    events,
    links,
    show: async (document, at) => {
      viewer ??= start();
      const made = viewer;
      shown = document;
      const laidOut = new Promise<void>((resolve) => {
        const begin = (): void => {
          events.off('pagesinit', begin);
          for (let page = 1; page <= made.pagesCount; page++)
            view(page)?.element.setAttribute('aria-label', `Page ${page}`);
          // At once: when all have been told, the viewer begins to draw what is in view.
          made.currentScaleValue = at?.zoom ?? 'auto';
          if (at && at.page <= made.pagesCount) scrollTo(at.page, at.fraction);
          resolve();
        };
        events.on('pagesinit', begin);
      });
      made.setDocument(document);
      links.setDocument(document);
      await laidOut;
    },
    count: () => viewer?.pagesCount ?? 0,
    current: () => viewer?.currentPageNumber ?? 1,
    goTo: (page) => {
      if (viewer && page >= 1 && page <= viewer.pagesCount) viewer.scrollPageIntoView({ pageNumber: page });
    },
    reveal: async (page, y) => {
      // Pages that haven't been read yet are believed to be as large as the first.
      await shown?.getPage(page).catch(() => undefined);
      const found = view(page);
      if (!found) return;
      container.scrollTop =
        found.element.offsetTop + found.element.clientTop + y * found.scale - container.clientHeight / 3;
    },
    view,
    place,
    zoom: () => ({ name: zoomName(viewer?.currentScaleValue), factor: viewer?.currentScale ?? 1 }),
    setZoom: (zoom) => {
      if (viewer) viewer.currentScaleValue = zoom;
    },
    zoomBy: (steps, at) => {
      viewer?.updateScale({ steps, drawingDelay: 200, ...(at && { origin: [at.x, at.y] }) });
    },
  };
}

/** A factor is kept with few digits. */
function zoomName(value: string | undefined): string {
  const factor = Number(value);
  return value === undefined ? 'auto' : Number.isFinite(factor) ? String(Math.round(factor * 1e4) / 1e4) : value;
}
