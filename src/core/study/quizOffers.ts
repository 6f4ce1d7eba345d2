// What the learner can be quizzed on, with how many questions there are and how they stand.

import { chaptersOf } from '../curriculum.ts';
import { findChapter } from '../lookUp.ts';
import { sectionTitle } from '../sectionTitle.ts';
import type { Translate } from '../translate.ts';
import { dotted } from '../words.ts';
import type { QuizMaterial, QuizScope } from './quizScope.ts';
import { scopeTitle, subjectsIn } from './quizScope.ts';
import type { QuizTally } from './quizStanding.ts';
import { tallyOf } from './quizStanding.ts';

export interface QuizOffer {
  readonly title: string;
  readonly scope: QuizScope;
  readonly tally: QuizTally;
}

export interface QuizOffers {
  readonly heading: string;
  readonly offers: readonly QuizOffer[];
}

/** Everything there is a question for; the chapter that is being read comes first. */
export function quizOffers(material: QuizMaterial, readingId: string | undefined, t: Translate): QuizOffers[] {
  const { curriculum, standing } = material;
  const offer = (scope: QuizScope, title = scopeTitle(scope, curriculum, t)): QuizOffer => ({
    title,
    scope,
    tally: tallyOf(subjectsIn(scope, material), standing),
  });
  const chapter = (id: string): QuizOffer => offer({ type: 'chapters', chapterIds: [id] });
  const groups: QuizOffers[] = [
    { heading: t('this chapter'), offers: findChapter(curriculum, readingId) ? [chapter(readingId ?? '')] : [] },
    {
      heading: t('across chapters'),
      offers: [offer({ type: 'wrong' }), offer({ type: 'read' }), offer({ type: 'all' })],
    },
    ...curriculum.sections.map((section) => ({
      heading: sectionTitle(section),
      offers: [
        offer({ type: 'chapters', chapterIds: section.chapterIds }, t('All of {0}', sectionTitle(section))),
        ...chaptersOf(curriculum, section).map(({ id }) => chapter(id)),
      ],
    })),
  ];
  return groups
    .map(({ heading, offers }) => ({ heading, offers: offers.filter(({ tally }) => tally.items > 0) }))
    .filter(({ offers }) => offers.length > 0);
}

/** "12 questions · 7 of 9 right last time". */
export function tallyWords({ items, answered, right }: QuizTally, t: Translate): string {
  return dotted(
    items === 1 ? t('1 question') : t('{0} questions', items),
    answered === 0 ? '' : t('{0} of {1} right last time', right, answered),
  );
}
