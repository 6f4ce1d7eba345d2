// Where the learner is in a document, until it is written down: scrolling ends in one write, not in hundreds.

import type { CopyForm } from '../../core/library/address.ts';
import type { Position } from '../../core/progress.ts';
import type { LocalLibrary } from '../library/localLibrary.ts';
import type { Problems } from '../problems.ts';

/** A place in one form of a document. */
export interface FormPlace {
  readonly form: CopyForm;
  readonly position: Position;
}

const settleMs = 2000;

export class KeptPlace {
  readonly #documentId: string;
  readonly #library: LocalLibrary;
  readonly #problems: Problems;
  #last: FormPlace | undefined;
  #unsaved: FormPlace | undefined;
  #settling: NodeJS.Timeout | undefined;

  constructor(documentId: string, library: LocalLibrary, problems: Problems) {
    this.#documentId = documentId;
    this.#library = library;
    this.#problems = problems;
  }

  /** Where the learner is, as far as the page has told. */
  get noted(): FormPlace | undefined {
    return this.#last;
  }

  /** Where the learner is; written down when they have rested there. */
  note(place: FormPlace): void {
    this.#last = place;
    this.#unsaved = place;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      void this.keep();
    }, settleMs);
  }

  /** Where the learner was last. */
  async read(): Promise<FormPlace | undefined> {
    if (this.#unsaved) return this.#unsaved;
    const [{ shelf }, { readPosition }] = await this.#parts();
    return shelf.ask((db) => readPosition(db, this.#documentId));
  }

  /** Writes down what isn't yet; never rejects. */
  async keep(): Promise<void> {
    clearTimeout(this.#settling);
    const place = this.#unsaved;
    this.#unsaved = undefined;
    if (!place) return;
    try {
      const [{ shelf }, { keepPosition }] = await this.#parts();
      shelf.within((db) => {
        keepPosition(db, this.#documentId, place);
      });
    } catch (error) {
      this.#problems.log.warn(`The place in a saved document wasn’t kept: ${String(error)}`);
    }
  }

  #parts() {
    return Promise.all([this.#library.open(), import('../../library/shelf/texts.ts')]);
  }
}
