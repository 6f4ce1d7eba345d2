// The wire between the extension and the page "Review". Types only.
//
// The page says `ready`; the extension answers with `show`, and again whenever what should be seen has changed. The page
// never grades by itself: it says which card, as it was shown, and what the learner pressed.

import type { Rating } from '../core/study/studyEvent.ts';

export type { Rating } from '../core/study/studyEvent.ts';

/** The passage of the handbook that answers a card. */
export interface CardPassage {
  readonly passageId: string;
  /** The chapter's title. */
  readonly title: string;
}

export interface ShownCard {
  readonly id: string;
  /** Changes with everything that happens to the card; what was pressed for an older one doesn't count. */
  readonly revision: string;
  /** Rendered by the extension, safe to show. */
  readonly frontHtml: string;
  readonly backHtml: string;
  /** The Markdown they were rendered of, for editing. */
  readonly front: string;
  readonly back: string;
  readonly passage?: CardPassage;
  /** "New", "Learning", "Review", in the learner's language. */
  readonly state: string;
  /** When the card would come back, by grade: "10 min", "4 days". */
  readonly intervals: Readonly<Record<Rating, string>>;
}

/** A card that is being written: a new one, unless it has an id. */
export interface CardForm {
  readonly id?: string;
  readonly front: string;
  readonly back: string;
  /** Which writing this is: a draft that the page kept belongs to it. */
  readonly key: string;
}

/** How far the session is. */
export interface SessionProgress {
  readonly done: number;
  readonly left: number;
  /** "3 learning, 12 to review, 5 new". */
  readonly words: string;
  readonly canUndo: boolean;
}

export type ReviewView =
  | { readonly type: 'card'; readonly card: ShownCard }
  /** Nothing is left, or nothing was there: what was done, and when the next card comes. */
  | {
      readonly type: 'end';
      readonly heading: string;
      readonly lines: readonly string[];
      /** Whether there are any cards at all. */
      readonly hasCards: boolean;
    }
  | { readonly type: 'form'; readonly form: CardForm };

/** What the page keeps for the extension over a reload of the window: the events of this session, oldest first. */
export interface KeptSession {
  readonly steps: readonly SessionStep[];
}

/** Something that can be undone. */
export type SessionStep =
  | { readonly type: 'review'; readonly cardId: string; readonly eventId: string }
  | { readonly type: 'suspend'; readonly cardId: string };

export type ToReview =
  | {
      readonly type: 'show';
      readonly view: ReviewView;
      readonly progress: SessionProgress;
      readonly session: KeptSession;
      /** Said once: "Taken back", "This card was graded in another window." */
      readonly notice?: string;
    }
  /** Something couldn't be done; what the page shows stays. */
  | { readonly type: 'problem'; readonly words: string };

export type FromReview =
  | { readonly type: 'ready' }
  | {
      readonly type: 'grade';
      readonly cardId: string;
      readonly revision: string;
      readonly rating: Rating;
      /** How long the learner looked at it, in milliseconds. */
      readonly ms: number;
    }
  | { readonly type: 'undo' }
  | { readonly type: 'suspend'; readonly cardId: string; readonly revision: string }
  /** Of a card's form, or of a new card's without `cardId`. */
  | { readonly type: 'save'; readonly cardId?: string; readonly front: string; readonly back: string }
  | { readonly type: 'edit'; readonly cardId: string }
  | { readonly type: 'cancel' }
  | { readonly type: 'openPassage'; readonly passageId: string }
  | { readonly type: 'newCard' }
  | { readonly type: 'browse' };
