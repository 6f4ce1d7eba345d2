// Which chapters and passages the learner gets wrong most.

/** Answers given, and how many of them were wrong. */
export interface Answers {
  readonly wrong: number;
  readonly all: number;
}

interface Place {
  readonly chapterId: string;
  /** The passage; undefined for the whole chapter. */
  readonly anchor?: string;
}

/** A chapter, or a passage of one, and what was answered about it. */
export interface Answered extends Place {
  readonly quiz: Answers;
  /** Reviews of cards; a card that was forgotten is a wrong answer. */
  readonly cards: Answers;
}

/** The answers to one quiz item. */
export interface AnsweredItem extends Answers {
  readonly chapterId: string;
  readonly itemId: string;
}

/** The reviews of one card, or of all cards from one place. */
export interface AnsweredCard extends Answers {
  readonly chapterId: string;
  readonly anchor?: string;
}

export interface WeakPlace extends Answered {
  /** How often the next answer would be wrong, 0 to 1, as far as these answers tell. */
  readonly chance: number;
}

/** As if each place had been answered so often before, as well as all places are on average. */
const priorAnswers = 8;
/** Fewer say nothing about a place. */
const fewestAnswers = 3;

/** Adds up what was answered about each chapter, and about each passage as far as passages are known. */
export function placesAnswered(
  items: readonly AnsweredItem[],
  cards: readonly AnsweredCard[],
  anchorOf: (chapterId: string, itemId: string) => string | undefined,
): { readonly chapters: readonly Answered[]; readonly passages: readonly Answered[] } {
  const chapters = new Map<string, Answered>();
  const passages = new Map<string, Answered>();
  const add = (chapterId: string, anchor: string | undefined, kind: 'quiz' | 'cards', answers: Answers): void => {
    addTo(chapters, { chapterId }, kind, answers);
    if (anchor !== undefined) addTo(passages, { chapterId, anchor }, kind, answers);
  };
  for (const item of items) add(item.chapterId, anchorOf(item.chapterId, item.itemId), 'quiz', item);
  for (const card of cards) add(card.chapterId, card.anchor, 'cards', card);
  return { chapters: [...chapters.values()], passages: [...passages.values()] };
}

/**
 * The weakest places, weakest first. A share of wrong answers counts as much as there are answers behind it: each is drawn
 * towards the average of all, and ranked by how high its chance is at least. So one slip doesn't make a weak place.
 */
export function weakest(places: readonly Answered[], most: number): WeakPlace[] {
  const sums = places.map((place) => ({
    place,
    wrong: place.quiz.wrong + place.cards.wrong,
    all: place.quiz.all + place.cards.all,
  }));
  const average = averageOf(sums);
  return sums
    .filter(({ wrong, all }) => wrong > 0 && all >= fewestAnswers)
    .map(({ place, wrong, all }) => {
      const { chance, atLeast } = chanceOfWrong(wrong, all, average);
      return { place: { ...place, chance }, atLeast };
    })
    .sort((a, b) => b.atLeast - a.atLeast || (keyOf(a.place) < keyOf(b.place) ? -1 : 1))
    .slice(0, most)
    .map(({ place }) => place);
}

/** The share of wrong answers drawn towards `average`, and that less its standard deviation. */
export function chanceOfWrong(
  wrong: number,
  all: number,
  average: number,
): { readonly chance: number; readonly atLeast: number } {
  const chance = (wrong + priorAnswers * average) / (all + priorAnswers);
  return { chance, atLeast: chance - Math.sqrt((chance * (1 - chance)) / (all + priorAnswers + 1)) };
}

/** Of few answers in all, a learner's usual tenth. */
function averageOf(sums: readonly Answers[]): number {
  const wrong = sums.reduce((sum, one) => sum + one.wrong, 0);
  const all = sums.reduce((sum, one) => sum + one.all, 0);
  return (wrong + 1) / (all + 10);
}

function addTo(places: Map<string, Answered>, place: Place, kind: 'quiz' | 'cards', { wrong, all }: Answers): void {
  const key = keyOf(place);
  const before = places.get(key) ?? { ...place, quiz: noAnswers, cards: noAnswers };
  places.set(key, { ...before, [kind]: { wrong: before[kind].wrong + wrong, all: before[kind].all + all } });
}

const noAnswers: Answers = { wrong: 0, all: 0 };

function keyOf({ chapterId, anchor = '' }: Place): string {
  return `${chapterId}#${anchor}`;
}
