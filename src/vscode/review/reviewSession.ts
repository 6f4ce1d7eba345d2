// A session of reviewing: which card is shown, what was done, what can be taken back. It keeps no schedule of its own: the
// store is asked each time, so that what another window does counts here too.

import { cardHtml } from '../../core/study/cardMarkdown.ts';
import { passageId } from '../../core/passages.ts';
import { ratings } from '../../core/study/studyEvent.ts';
import type { CardText, NewStudyEvent, Rating } from '../../core/study/studyEvent.ts';
import { cardCount, intervalWords, nextWords } from '../../core/study/timeWords.ts';
import type { Translate } from '../../core/translate.ts';
import type {
  CardPassage,
  KeptSession,
  ReviewView,
  SessionProgress,
  SessionStep,
  ShownCard,
} from '../../protocol/review.ts';
import { countDue, nextCard, nextDueAt, readCard, readReview } from '../../store/cards.ts';
import type { DueCount, ReviewMoment, StoredCard } from '../../store/cards.ts';
import type { OpenDeck } from './openDeck.ts';

/** What the session needs to know at each step. */
export interface SessionParts {
  readonly deck: () => Promise<OpenDeck>;
  readonly moment: () => ReviewMoment;
  /** The title of a chapter; undefined if there is no such chapter any more. */
  readonly chapterTitle: (chapterId: string) => Promise<string | undefined>;
  readonly t: Translate;
}

/** What the page should show. */
export interface SessionView {
  readonly view: Exclude<ReviewView, { type: 'form' }>;
  readonly progress: SessionProgress;
  readonly session: KeptSession;
  readonly notice?: string;
  /** When to look again by itself: the next card comes, at the end of a session. */
  readonly againAt?: number;
}

/** More steps back than anybody takes. */
const mostSteps = 500;

export class ReviewSession {
  readonly #parts: SessionParts;
  #steps: readonly SessionStep[];
  /** The card in front of the learner. */
  #shown: StoredCard | undefined;

  /** `kept`: the steps of a session before the window was loaded anew. */
  constructor(parts: SessionParts, kept: readonly SessionStep[] = []) {
    this.#parts = parts;
    this.#steps = kept;
  }

  /** The card that is shown. */
  get shown(): StoredCard | undefined {
    return this.#shown;
  }

  /** What to show now: the same card as before, as long as it is as it was. */
  async view(notice?: string): Promise<SessionView> {
    const { t } = this.#parts;
    const deck = await this.#parts.deck();
    const moment = this.#parts.moment();
    const before = this.#shown;
    let said = notice;
    const { card, count, nextAt } = deck.store.read((db) => {
      const still = before && readCard(db, before.id);
      const same = still && !still.suspended && sameSchedule(still, before) ? still : undefined;
      if (before && !same && said === undefined) {
        said = !still || still.suspended ? undefined : t('That card was graded in another window. Here is the next.');
      }
      return { card: same ?? nextCard(db, moment), count: countDue(db, moment), nextAt: nextDueAt(db, moment) };
    });
    this.#shown = card;
    const progress = this.#progress(count, card);
    const base = { progress, session: { steps: this.#steps }, ...(said !== undefined && { notice: said }) };
    if (card) return { ...base, view: { type: 'card', card: await this.#shownCard(card, deck, moment.now) } };
    const soon = nextAt !== undefined && nextAt < moment.day.end ? nextAt : undefined;
    return {
      ...base,
      view: this.#end(deck, moment, nextAt),
      ...(soon !== undefined && { againAt: Math.max(moment.now, soon - moment.aheadMs) + 1 }),
    };
  }

  /** Grades the card, unless something has happened to it since it was shown; then nothing is kept. */
  async grade(cardId: string, revision: string, rating: Rating, ms: number): Promise<SessionView> {
    const { store } = await this.#parts.deck();
    const [event] = store.recordAll(
      [{ kind: 'review', subject: cardId, rating, ms }],
      (db) => readCard(db, cardId)?.revision === revision,
    );
    if (!event) return this.view();
    this.#remember({ type: 'review', cardId, eventId: event.id });
    this.#shown = undefined;
    return this.view();
  }

  /** Takes the last step back and shows its card. */
  async undo(): Promise<SessionView> {
    const { t } = this.#parts;
    const { store } = await this.#parts.deck();
    const step = this.#steps.at(-1);
    if (!step) return this.view(t('There is nothing to take back.'));
    const back: NewStudyEvent =
      step.type === 'review'
        ? { kind: 'undo', subject: step.cardId, eventId: step.eventId }
        : { kind: 'suspend', subject: step.cardId, suspended: false };
    // Another window may have taken it back already.
    const isThere = store.recordAll([back], (db) =>
      step.type === 'review'
        ? readReview(db, step.eventId) !== undefined
        : readCard(db, step.cardId)?.suspended === true,
    );
    this.#steps = this.#steps.slice(0, -1);
    this.#shown = store.read((db) => readCard(db, step.cardId)) ?? this.#shown;
    return this.view(isThere.length > 0 ? t('Taken back.') : t('That was already taken back in another window.'));
  }

  /** Puts the card away until the learner takes it out again. */
  async suspend(cardId: string, revision: string): Promise<SessionView> {
    const { store } = await this.#parts.deck();
    const [event] = store.recordAll(
      [{ kind: 'suspend', subject: cardId, suspended: true }],
      (db) => readCard(db, cardId)?.revision === revision,
    );
    if (!event) return this.view();
    this.#remember({ type: 'suspend', cardId });
    this.#shown = undefined;
    return this.view(this.#parts.t('Suspended: it won’t be asked until you resume it.'));
  }

  /** Keeps the words of a card that was edited; its schedule and the rest of it stay. */
  async save(cardId: string, front: string, back: string): Promise<SessionView> {
    const { t } = this.#parts;
    const { store } = await this.#parts.deck();
    const card = store.read((db) => readCard(db, cardId));
    if (!card) return this.view(t('That card was removed in another window.'));
    store.record({ kind: 'card', subject: cardId, card: { ...card.text, front, back } });
    return this.view(t('Saved.'));
  }

  #remember(step: SessionStep): void {
    this.#steps = [...this.#steps, step].slice(-mostSteps);
  }

  #progress(count: DueCount, card: StoredCard | undefined): SessionProgress {
    const { t } = this.#parts;
    const left = count.learning + count.ahead + count.review + count.new;
    const words = [
      ...(count.learning + count.ahead > 0 ? [t('{0} learning', count.learning + count.ahead)] : []),
      ...(count.review > 0 ? [t('{0} to review', count.review)] : []),
      ...(count.new > 0 ? [t('{0} new', count.new)] : []),
    ];
    return {
      done: this.#steps.filter(({ type }) => type === 'review').length,
      // A card that was taken back is shown, whether or not the day's limit lets it in.
      left: Math.max(left, card ? 1 : 0),
      words: words.join(', '),
      canUndo: this.#steps.length > 0,
    };
  }

  async #shownCard(card: StoredCard, { scheduler }: OpenDeck, now: number): Promise<ShownCard> {
    const { t } = this.#parts;
    const preview = scheduler.preview(card.schedule, card.id, now);
    const words = ratings.map((rating) => intervalWords((preview[rating].due ?? now) - now, t));
    const passage = await passageOf(card.text, this.#parts.chapterTitle);
    const states = { new: t('New'), learning: t('Learning'), relearning: t('Learning again'), review: t('Review') };
    return {
      id: card.id,
      revision: card.revision,
      frontHtml: cardHtml(card.text.front),
      backHtml: cardHtml(card.text.back),
      front: card.text.front,
      back: card.text.back,
      ...(passage && { passage }),
      state: states[card.schedule.state],
      intervals: { 1: words[0] ?? '', 2: words[1] ?? '', 3: words[2] ?? '', 4: words[3] ?? '' },
    };
  }

  #end(deck: OpenDeck, { now, day }: ReviewMoment, nextAt: number | undefined): SessionView['view'] {
    const { t } = this.#parts;
    const reviewed = this.#steps.flatMap((step) => (step.type === 'review' ? [step.eventId] : []));
    const again = deck.store.read((db) => reviewed.filter((id) => readReview(db, id)?.review.rating === 1)).length;
    const hasCards = deck.store.read((db) => db.prepare('SELECT 1 FROM card LIMIT 1').get()) !== undefined;
    if (!hasCards) {
      const lines = [
        t(
          'Select words in a chapter to make a card of them, write one yourself, or take a quiz: what you miss becomes a card.',
        ),
      ];
      return { type: 'end', heading: t('No cards yet'), lines, hasCards };
    }
    const next = nextAt === undefined ? t('No card is waiting.') : t('Next: {0}.', nextWords(nextAt, now, day.end, t));
    if (reviewed.length === 0) return { type: 'end', heading: t('Nothing is due'), lines: [next], hasCards };
    const forgotten = again === 0 ? t('You knew every one.') : t('{0} to be learnt again.', cardCount(again, t));
    return {
      type: 'end',
      heading: t('Done for now'),
      lines: [t('Reviews in this session: {0}.', reviewed.length), forgotten, next],
      hasCards,
    };
  }
}

/** Whether a card wasn't reviewed or taken back meanwhile, whatever became of its words, and of its date by other settings. */
function sameSchedule(one: StoredCard, other: StoredCard): boolean {
  const [a, b] = [one.schedule, other.schedule];
  return a.reviews === b.reviews && a.lastReview === b.lastReview;
}

/** The passage that a card leads to, if it is still in the handbook. */
export async function passageOf(
  { origin }: Pick<CardText, 'origin'>,
  chapterTitle: SessionParts['chapterTitle'],
): Promise<CardPassage | undefined> {
  if (!origin) return undefined;
  const title = await chapterTitle(origin.chapterId);
  return title === undefined
    ? undefined
    : { passageId: passageId(origin.chapterId, origin.anchor ?? 'summary'), title };
}
