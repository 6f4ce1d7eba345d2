// All cards in a quick pick: find one, and do something with it.

import * as vscode from 'vscode';
import { passageId } from '../../core/passages.ts';
import { cardLine } from '../../core/study/cardLine.ts';
import { listCards, readReviews } from '../../store/cards.ts';
import type { StoredCard } from '../../store/cards.ts';
import type { Problems } from '../problems.ts';
import { say } from '../say.ts';
import { withoutLinks } from '../withoutLinks.ts';
import { cardRows, historyLines } from './cardRows.ts';
import type { CardRow } from './cardRows.ts';
import type { Deck } from './deck.ts';
import type { ReviewPanel } from './reviewPanel.ts';

export interface BrowseParts {
  readonly deck: Deck;
  readonly reviews: ReviewPanel;
  readonly openPassage: (passageId: string) => Promise<void>;
  readonly report: Problems['report'];
  /** Lets the learner pick one of several rows: VS Code's quick pick. */
  readonly pick: <T extends vscode.QuickPickItem>(
    items: readonly T[],
    options: vscode.QuickPickOptions,
  ) => Thenable<T | undefined>;
}

type Item = vscode.QuickPickItem & CardRow;

/** Shows all cards until one is chosen and something done with it. */
export async function browseCards(parts: BrowseParts): Promise<void> {
  const { store } = await parts.deck.open();
  const rows = cardRows(store.read(listCards), parts.deck.moment(), say);
  if (rows.length === 0) {
    const write = vscode.l10n.t('Write a card');
    const chosen = await vscode.window.showInformationMessage(vscode.l10n.t('There are no cards yet.'), write);
    if (chosen === write) parts.reviews.write({ front: '', back: '' });
    return;
  }
  const items = rows.map((row): Item => ({
    ...row,
    iconPath: new vscode.ThemeIcon(row.card.suspended ? 'debug-pause' : 'note'),
  }));
  const chosen = await parts.pick(items, {
    title: vscode.l10n.t('All cards'),
    placeHolder: vscode.l10n.t('Find a card by its words, its tags or when it is due'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen) await actOn(chosen.card, parts);
}

/** What can be done with a card. */
async function actOn(card: StoredCard, parts: BrowseParts): Promise<void> {
  const { origin } = card.text;
  const action = <T extends string>(id: T, label: string): vscode.QuickPickItem & { readonly id: T } => ({ id, label });
  const chosen = await parts.pick(
    [
      action('edit', `$(edit) ${vscode.l10n.t('Edit')}`),
      card.suspended
        ? action('resume', `$(debug-start) ${vscode.l10n.t('Resume: ask it again')}`)
        : action('suspend', `$(debug-pause) ${vscode.l10n.t('Suspend: don’t ask it')}`),
      ...(origin ? [action('open', `$(book) ${vscode.l10n.t('Open the passage')}`)] : []),
      action('history', `$(history) ${vscode.l10n.t('Its reviews')}`),
      action('remove', `$(trash) ${vscode.l10n.t('Remove')}`),
    ],
    { title: cardLine(card.text.front), placeHolder: cardLine(card.text.back) },
  );
  switch (chosen?.id) {
    case 'edit':
      await parts.reviews.edit(card.id);
      break;
    case 'suspend':
    case 'resume': {
      const { store } = await parts.deck.open();
      store.record({ kind: 'suspend', subject: card.id, suspended: chosen.id === 'suspend' });
      break;
    }
    case 'open':
      if (origin) await parts.openPassage(passageId(origin.chapterId, origin.anchor ?? 'summary'));
      break;
    case 'history':
      await showHistory(card, parts);
      break;
    case 'remove':
      await removeCard(card, parts);
      break;
    case undefined:
      break;
  }
}

async function showHistory(card: StoredCard, parts: BrowseParts): Promise<void> {
  const { store } = await parts.deck.open();
  const reviews = store.read((db) => readReviews(db, card.id));
  const lines = historyLines(reviews, (at) => new Date(at).toLocaleString(vscode.env.language), say);
  const none = [vscode.l10n.t('It hasn’t been reviewed yet.')];
  const items = (lines.length > 0 ? lines : none).map((label) => ({ label }));
  await parts.pick(items, { title: cardLine(card.text.front) });
}

/** Removes a card; its reviews stay history, and the message offers to bring it back. */
async function removeCard(card: StoredCard, { deck, report }: BrowseParts): Promise<void> {
  const { store } = await deck.open();
  store.record({ kind: 'card', subject: card.id, card: null });
  const undo = vscode.l10n.t('Bring it back');
  const words = vscode.l10n.t('Removed the card “{0}”.', withoutLinks(cardLine(card.text.front)));
  // Not waited for: the message may stand for as long as it likes.
  vscode.window.showInformationMessage(words, undo).then(
    (chosen) => {
      if (chosen === undo) store.record({ kind: 'card', subject: card.id, card: card.text });
    },
    (error: unknown) => {
      report(error, vscode.l10n.t('That didn’t work. Try again; if it keeps failing, the log says why.'));
    },
  );
}
