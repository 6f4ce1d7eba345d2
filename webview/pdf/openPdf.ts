// Opens the bytes of a PDF. Nothing of the file runs: there is no scripting in this page and no form to fill, and of its
// annotations only links become elements; what else it draws is drawn.

import { getDocument, PasswordResponses, type PDFDocumentProxy, type PDFPageProxy } from './pdfjs.ts';

/** Fetches what pdf.js needs besides the file; rejects if there is no such thing. */
export type FetchData = (kind: string, name: string) => Promise<Uint8Array>;

export interface OpenPdfParts {
  readonly fetchData: FetchData;
  /** Asks the learner for the password; `wrong` if one was given and isn't it. */
  readonly password: (wrong: boolean, answer: (password: string) => void) => void;
}

/** Opens a PDF; `bytes` are its own from then on. Rejects if it can't be read. */
export async function openPdf(bytes: Uint8Array, { fetchData, password }: OpenPdfParts): Promise<PDFDocumentProxy> {
  class AskedData {
    fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
      return fetchData(kind, filename);
    }
  }
  const task = getDocument({
    data: bytes,
    BinaryDataFactory: AskedData,
    cMapPacked: true,
    useWorkerFetch: false,
    // The same on every machine, and nothing of the machine's is looked at.
    useSystemFonts: false,
    enableXfa: false,
    verbosity: 0,
  });
  task.onPassword = (answer: (password: string) => void, reason: number): void => {
    password(reason === PasswordResponses.INCORRECT_PASSWORD, answer);
  };
  return onlyLinks(await task.promise);
}

/** Has the pages of a document tell of their links, and of no other annotation. */
function onlyLinks(document: PDFDocumentProxy): PDFDocumentProxy {
  const getPage = document.getPage.bind(document);
  const known = new WeakSet<PDFPageProxy>();
  document.getPage = async (number) => {
    const page = await getPage(number);
    if (known.has(page)) return page;
    known.add(page);
    const getAnnotations = page.getAnnotations.bind(page);
    page.getAnnotations = async (parameters) => {
      const all = (await getAnnotations(parameters)) as { readonly subtype?: unknown }[];
      return all.filter(({ subtype }) => subtype === 'Link');
    };
    return page;
  };
  return document;
}
