// Choosing what to be quizzed on.

import * as vscode from 'vscode';
import { noProgress } from '../../core/progress.ts';
import type { QuizOffer } from '../../core/study/quizOffers.ts';
import { quizOffers, tallyWords } from '../../core/study/quizOffers.ts';
import type { QuizScope } from '../../core/study/quizScope.ts';
import { quizStanding } from '../../core/study/quizStanding.ts';
import { say } from '../say.ts';
import type { Study } from '../study.ts';

interface OfferItem extends vscode.QuickPickItem {
  readonly offer?: QuizOffer;
}

/** Lets the learner choose; undefined if they thought better of it. */
export async function pickQuiz(study: Study, readingId: string | undefined): Promise<QuizScope | undefined> {
  const chosen = await vscode.window.showQuickPick(quizItems(study, readingId), {
    title: vscode.l10n.t('Quiz me'),
    placeHolder: vscode.l10n.t('What do you want to be quizzed on?'),
    matchOnDescription: true,
  });
  return chosen?.offer?.scope;
}

/** The rows of the list. */
export async function quizItems(study: Study, readingId: string | undefined): Promise<OfferItem[]> {
  const [curriculum, index] = await Promise.all([study.curriculum(), study.quizIndex()]);
  // Without the learner's history there is still something to be quizzed on; whoever reads it next complains.
  const history = await study.store().then(
    (store) => ({ progress: store.progress(), events: store.events(['quiz']) }),
    () => ({ progress: noProgress, events: [] }),
  );
  const material = { curriculum, index, progress: history.progress, standing: quizStanding(history.events) };
  return quizOffers(material, readingId, say).flatMap(({ heading, offers }) => [
    { label: heading, kind: vscode.QuickPickItemKind.Separator },
    ...offers.map((offer) => ({
      label: offer.title,
      description: tallyWords(offer.tally, say),
      iconPath: iconOf(offer.scope),
      offer,
    })),
  ]);
}

function iconOf(scope: QuizScope): vscode.ThemeIcon {
  switch (scope.type) {
    case 'wrong':
      return new vscode.ThemeIcon('error');
    case 'read':
      return new vscode.ThemeIcon('eye');
    case 'all':
      return new vscode.ThemeIcon('library');
    case 'chapters':
      return new vscode.ThemeIcon(scope.chapterIds.length > 1 ? 'list-tree' : 'book');
  }
}
