// The page "Review" in an editor: one panel. A hidden page is thrown away by VS Code and says `ready` anew when it comes
// back, so the session lives here and all of it is sent again.

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { CardOrigin } from '../../core/study/studyEvent.ts';
import type { CardForm, FromReview, ReviewView, SessionStep, ToReview } from '../../protocol/review.ts';
import { OnePage } from '../onePage.ts';
import { wording, type Problems } from '../problems.ts';
import { say } from '../say.ts';
import type { Study } from '../study.ts';
import type { Deck } from './deck.ts';
import { parseFromReview, parseKeptSteps } from './reviewMessages.ts';
import type { ReviewSession, SessionView } from './reviewSession.ts';

export const reviewViewType = 'handbook.review';

export interface ReviewPanelParts {
  readonly deck: Deck;
  readonly study: Study;
  readonly problems: Problems;
}

/** What is wanted of others. */
export interface ReviewPanelActions {
  readonly openPassage: (passageId: string) => Promise<void>;
  readonly browse: () => Promise<void>;
}

/** A card that somebody begins: the reader from selected words, the learner from nothing. */
export interface CardDraft {
  readonly front: string;
  readonly back: string;
  readonly origin?: CardOrigin;
}

/** A form that is open instead of the session. */
interface OpenForm {
  readonly form: CardForm;
  readonly origin?: CardOrigin;
  /** The panel is there for the form alone, and goes with it. */
  readonly alone: boolean;
}

/** Several things may change at once. */
const settleMs = 60;

export class ReviewPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #page: OnePage<ToReview>;
  readonly #parts: ReviewPanelParts;
  readonly #actions: ReviewPanelActions;
  readonly #listening: vscode.Disposable;
  #session: Promise<ReviewSession> | undefined;
  #form: OpenForm | undefined;
  #view: ReviewView | undefined;
  #soon: NodeJS.Timeout | undefined;
  #again: NodeJS.Timeout | undefined;
  /** One step after the other: a key that is pressed twice quickly counts for the card it was pressed on. */
  #queue: Promise<void> = Promise.resolve();

  constructor(extension: vscode.Uri, parts: ReviewPanelParts, actions: ReviewPanelActions) {
    this.#page = new OnePage(extension, {
      viewType: reviewViewType,
      page: 'review',
      icon: 'layers',
      receive: (value) => {
        void this.receive(value);
      },
      onRest: () => {
        this.#rest();
      },
      onClose: () => {
        this.#session = undefined;
        this.#form = undefined;
        this.#view = undefined;
      },
    });
    this.#parts = parts;
    this.#actions = actions;
    this.#listening = this.#parts.deck.onDidChange(() => {
      this.#showSoon();
    });
  }

  /** What the page was last told to show; undefined while there is none. */
  get view(): ReviewView | undefined {
    return this.#view;
  }

  /** Opens the page, or goes to it, and goes on with the session. */
  open(): void {
    this.#form = undefined;
    this.#page.reveal(vscode.l10n.t('Review'));
    this.#showSoon();
  }

  /** Opens the form of a new card. */
  write(draft: CardDraft): void {
    const { origin, front, back } = draft;
    this.#form = { form: { front, back, key: randomUUID() }, ...(origin && { origin }), alone: !this.#page.isOpen };
    this.#page.reveal(vscode.l10n.t('Review'));
    this.#showSoon();
  }

  /** Opens the form of a card that is there. */
  async edit(cardId: string): Promise<void> {
    const alone = !this.#page.isOpen;
    const [{ store }, { readCard }] = await Promise.all([this.#parts.deck.open(), import('../../store/cards.ts')]);
    const card = store.read((db) => readCard(db, cardId));
    if (!card) return;
    const { front, back } = card.text;
    this.#form = { form: { id: cardId, front, back, key: `${cardId} ${card.revision}` }, alone };
    this.#page.reveal(vscode.l10n.t('Review'));
    this.#showSoon();
  }

  /** Brings back a page that was open when the window was closed. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.#session = this.#newSession(parseKeptSteps(state));
    this.#page.adopt(panel);
    return Promise.resolve();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#page.dispose();
  }

  /** Does what the page asks for; resolves when it is done. */
  async receive(value: unknown): Promise<void> {
    const message = parseFromReview(value);
    if (message) this.#do(message);
    else this.#parts.problems.log.warn('The page “Review” sent a message that isn’t one of its own.');
    await this.#queue;
  }

  #do(message: FromReview): void {
    switch (message.type) {
      case 'ready':
        this.#page.ready();
        this.#step((session) => session.view());
        break;
      case 'grade':
        this.#step((session) => session.grade(message.cardId, message.revision, message.rating, message.ms));
        break;
      case 'undo':
        this.#step((session) => session.undo());
        break;
      case 'suspend':
        this.#step((session) => session.suspend(message.cardId, message.revision));
        break;
      case 'save':
        this.#save(message);
        break;
      case 'edit':
        this.#answer(this.edit(message.cardId));
        break;
      case 'cancel':
        this.#closeForm();
        break;
      case 'openPassage':
        this.#answer(this.#actions.openPassage(message.passageId));
        break;
      case 'newCard':
        this.write({ front: '', back: '' });
        break;
      case 'browse':
        this.#answer(this.#actions.browse());
        break;
    }
  }

  #save({ cardId, front, back }: Extract<FromReview, { type: 'save' }>): void {
    if (cardId !== undefined) {
      this.#step(async (session) => {
        const view = await session.save(cardId, front, back);
        this.#form = undefined;
        return view;
      }, true);
      return;
    }
    const origin = this.#form?.origin;
    this.#step(async (session) => {
      const { store } = await this.#parts.deck.open();
      store.record({
        kind: 'card',
        subject: `own:${randomUUID()}`,
        card: { front, back, tags: ['own'], ...(origin && { origin }) },
      });
      this.#form = this.#form?.alone === true ? this.#form : undefined;
      return session.view(vscode.l10n.t('The card is made.'));
    }, true);
  }

  /** Back to the session, or away. */
  #closeForm(): void {
    const alone = this.#form?.alone === true;
    this.#form = undefined;
    if (alone) this.#page.close();
    else this.#step((session) => session.view());
  }

  /** Does one step of the session after those before it, and shows what came of it. */
  #step(work: (session: ReviewSession) => Promise<SessionView>, closes = false): void {
    this.#queue = this.#queue.then(async () => {
      try {
        this.#session ??= this.#newSession([]);
        const seen = await work(await this.#session);
        if (closes && this.#form?.alone === true) {
          void vscode.window.setStatusBarMessage(seen.notice ?? '', 4000);
          this.#closeForm();
          return;
        }
        this.#show(seen);
      } catch (error) {
        const happened = vscode.l10n.t('That couldn’t be saved. The card is as it was; try again.');
        this.#parts.problems.log.error(error instanceof Error ? error : String(error));
        // A session that could not begin is begun again at the next try.
        if (!this.#view) this.#session = undefined;
        this.#page.post({ type: 'problem', words: wording(error, happened) });
      }
    });
  }

  async #newSession(kept: readonly SessionStep[]): Promise<ReviewSession> {
    const { deck, study } = this.#parts;
    const { ReviewSession } = await import('./reviewSession.ts');
    const chapterTitle = async (id: string): Promise<string | undefined> => (await study.chapter(id))?.title;
    return new ReviewSession({ deck: () => deck.open(), moment: () => deck.moment(), chapterTitle, t: say }, kept);
  }

  #show({ view, againAt, ...rest }: SessionView): void {
    clearTimeout(this.#again);
    this.#view = this.#form ? { type: 'form', form: this.#form.form } : view;
    this.#page.post({ type: 'show', view: this.#view, ...rest });
    if (againAt === undefined || !this.#page.listens) return;
    this.#again = setTimeout(
      () => {
        this.#step((session) => session.view());
      },
      Math.max(1000, againAt - Date.now()),
    );
  }

  #showSoon(): void {
    if (!this.#page.listens || this.#soon) return;
    this.#soon = setTimeout(() => {
      this.#soon = undefined;
      if (this.#page.listens) this.#step((session) => session.view());
    }, settleMs);
  }

  #answer(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#parts.problems.report(
        error,
        vscode.l10n.t('That didn’t work. Try again; if it keeps failing, the log says why.'),
      );
    });
  }

  #rest(): void {
    clearTimeout(this.#soon);
    clearTimeout(this.#again);
    this.#soon = undefined;
  }
}
