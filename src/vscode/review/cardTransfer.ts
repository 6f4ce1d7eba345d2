// Taking cards and reviews out into files and in from them.

import { createHash } from 'node:crypto';
import { setImmediate as othersFirst } from 'node:timers/promises';
import * as vscode from 'vscode';
import { ankiNoteOf, cardIdOf, isOurs, textFromNote } from '../../core/study/ankiNote.ts';
import type { AnkiNote } from '../../core/study/ankiNote.ts';
import { readAnkiText, writeAnkiText } from '../../core/study/ankiText.ts';
import { optimiserParameters, reviewLogLines } from '../../core/study/reviewLog.ts';
import { ratings } from '../../core/study/studyEvent.ts';
import type { NewStudyEvent, StudyEvent } from '../../core/study/studyEvent.ts';
import { cardCount } from '../../core/study/timeWords.ts';
import type { AnkiPackage } from '../../store/ankiCollection.ts';
import { allReviews, listCards, readCard, readReviews } from '../../store/cards.ts';
import { readAnkiPackage } from '../../store/readAnkiPackage.ts';
import type { Store } from '../../store/store.ts';
import { writeAnkiPackage } from '../../store/writeAnkiPackage.ts';
import type { Problems } from '../problems.ts';
import { nameOf, startingAt } from '../chosenFile.ts';
import { say } from '../say.ts';
import { readReviewSettings } from '../settings.ts';
import type { Deck } from './deck.ts';

/** Larger files are no cards. */
const mostBytes = 256 * 1024 * 1024;

/**
 * Writes every review as FSRS's optimiser reads them, and the parameters in use into a JSON file beside. True if both were
 * written.
 */
export async function exportReviewLog(deck: Deck, target?: vscode.Uri): Promise<boolean> {
  const { store, scheduling } = await deck.open();
  const lines = store.read((db) => [...reviewLogLines(allReviews(db))]);
  if (lines.length === 1) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There are no reviews yet.'));
    return false;
  }
  const file =
    target ??
    (await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Export review log'),
      saveLabel: vscode.l10n.t('Export'),
      filters: { CSV: ['csv'] },
      defaultUri: startingAt('revlog.csv'),
    }));
  if (!file) return false;
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const parameters = optimiserParameters(scheduling, timezone, readReviewSettings().dayStartsAt);
  const beside = file.with({ path: `${file.path.replace(/\.csv$/i, '')}-parameters.json` });
  await write(file, `${lines.join('\n')}\n`);
  await write(beside, parameters);
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      '{0} reviews were exported to {1}, the parameters to {2}.',
      lines.length - 1,
      nameOf(file),
      nameOf(beside),
    ),
  );
  return true;
}

/** Writes all cards as a package of Anki or, for a name that ends in .txt, in its text form. True if they were written. */
export async function exportCards(deck: Deck, target?: vscode.Uri): Promise<boolean> {
  const { store } = await deck.open();
  const cards = store.read(listCards);
  if (cards.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There are no cards yet.'));
    return false;
  }
  const file =
    target ??
    (await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Export cards'),
      saveLabel: vscode.l10n.t('Export'),
      filters: { [vscode.l10n.t('Anki package')]: ['apkg'], [vscode.l10n.t('Anki text')]: ['txt'] },
      defaultUri: startingAt('genai-handbook.apkg'),
    }));
  if (!file) return false;
  if (/\.txt$/i.test(file.path)) {
    await write(file, writeAnkiText(cards.map(({ id, text }) => ankiNoteOf(id, text))));
  } else {
    const packed = store.read((db) => cards.map((card) => ({ card, reviews: readReviews(db, card.id) })));
    await vscode.workspace.fs.writeFile(file, writeAnkiPackage(packed, Date.now()));
  }
  void vscode.window.showInformationMessage(
    vscode.l10n.t('{0} exported to {1}.', cardCount(cards.length, say), nameOf(file)),
  );
  return true;
}

/** Takes cards in from a package of Anki or a file of text. True if it was read. */
export async function importCards(deck: Deck, problems: Problems, source?: vscode.Uri): Promise<boolean> {
  const file =
    source ??
    (
      await vscode.window.showOpenDialog({
        title: vscode.l10n.t('Import cards'),
        openLabel: vscode.l10n.t('Import'),
        filters: { [vscode.l10n.t('Anki package or text')]: ['apkg', 'txt', 'tsv', 'csv'] },
      })
    )?.[0];
  if (!file) return false;
  const { size } = await vscode.workspace.fs.stat(file);
  const found = size > mostBytes ? vscode.l10n.t('It is too large.') : await readFrom(file);
  if (typeof found === 'string') {
    problems.tell(vscode.l10n.t('Nothing was imported from {0}. {1}', nameOf(file), found));
    return false;
  }
  const { store } = await deck.open();
  const { made, changed } = await takeIn(store, found);
  void vscode.window.showInformationMessage(
    made + changed === 0
      ? vscode.l10n.t('Every card of {0} was here already, as it is.', nameOf(file))
      : vscode.l10n.t('Imported {0}: {1} new, {2} changed.', nameOf(file), cardCount(made, say), changed),
  );
  return true;
}

async function readFrom(file: vscode.Uri): Promise<AnkiPackage | string> {
  const bytes = await vscode.workspace.fs.readFile(file);
  // A package is a zip, whatever its name.
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readAnkiPackage(bytes);
  if (/\.(apkg|colpkg|zip)$/i.test(file.path)) return readAnkiPackage(bytes);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return vscode.l10n.t('It is neither a package of Anki nor text.');
  }
  const hash = (words: string): string => createHash('sha256').update(words).digest('hex').slice(0, 16);
  const notes = readAnkiText(text, hash);
  return typeof notes === 'string' ? notes : { notes, reviews: [] };
}

/**
 * Makes and changes cards so that they are as in Anki. What was reviewed there counts here, for cards that came from there:
 * the reviews of our own are history already. Done twice, it changes nothing, so it can be broken off: it is done in slices,
 * between which everything else goes on.
 */
export async function takeIn(
  store: Store,
  { notes, reviews }: AnkiPackage,
): Promise<{ readonly made: number; readonly changed: number }> {
  const events: NewStudyEvent[] = [];
  const seen = new Set<string>();
  let made = 0;
  for (const note of notes) {
    const subject = cardIdOf(note.guid);
    if (subject === undefined || seen.has(subject) || !isSound(note)) continue;
    const known = store.read((db) => readCard(db, subject));
    const card = textFromNote(note, known?.text);
    if (!card) continue;
    seen.add(subject);
    if (!known) made++;
    events.push({ kind: 'card', subject, card });
  }
  for (const some of slices(events)) {
    store.recordAll(some);
    await othersFirst();
  }
  const done = reviews.flatMap(({ guid, id, at, rating, ms }): StudyEvent[] => {
    const subject = cardIdOf(guid);
    const known = ratings.find((one) => one === rating);
    if (subject === undefined || isOurs(subject) || !known || at > Date.now() || at < 0) return [];
    return [{ id, at: Math.floor(at), kind: 'review', subject, rating: known, ms: Math.min(ms, 3_600_000) }];
  });
  // Those of one card together: it is folded once for each slice.
  for (const some of slices(done.sort((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0)))) {
    store.unite(some);
    await othersFirst();
  }
  return { made, changed: events.length - made };
}

function slices<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / sliceLength) }, (_, n) =>
    all.slice(n * sliceLength, (n + 1) * sliceLength),
  );
}

/** Kept within a few hundredths of a second. */
const sliceLength = 200;

function isSound({ front, back }: AnkiNote): boolean {
  return front.length + back.length <= 100_000 && (front + back).isWellFormed();
}

async function write(file: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
}
