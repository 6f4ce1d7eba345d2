// "Handbook: Search": results while typing.

import * as vscode from 'vscode';
import { chapterToContinue, recentChapters, suggestedQuestions } from '../core/continueReading.ts';
import { chapterState } from '../core/progress.ts';
import type { SearchBox } from '../core/searchHit.ts';
import { chapterStateWord, dotted, lengthWord } from '../core/words.ts';
import type { DocumentPlace } from './document/documentPlace.ts';
import type { Problems } from './problems.ts';
import { say } from './say.ts';
import { hitRow } from './searchRows.ts';
import type { SearchRow } from './searchRows.ts';
import type { Study } from './study.ts';

/** What is wanted of others. */
export interface SearchActions {
  readonly openPassage: (passageId: string, beside: boolean) => Promise<void>;
  readonly openChapter: (chapterId: string, beside: boolean) => Promise<void>;
  readonly ask: (question: string) => Promise<void>;
  /** What the learner's library has on it. */
  readonly library: (text: string) => Promise<readonly SearchRow[]>;
  readonly openSaved: (documentId: string, place: DocumentPlace, beside: boolean) => void;
}

interface Item extends vscode.QuickPickItem {
  readonly row: SearchRow;
}

/** The search box while it is open. */
export interface SearchPick {
  readonly type: (text: string) => void;
  /** What is listed, once whatever is being loaded is there. */
  readonly listed: () => Promise<readonly SearchRow[]>;
  readonly accept: (row: SearchRow) => void;
  readonly close: () => void;
}

const limit = 20;
/** A large library is searched once the typing rests: it would hold the next letter up. */
const typingPause = 100;

/** Opens the search box, with `typed` in it. */
export function openSearch(typed: string, study: Study, problems: Problems, actions: SearchActions): SearchPick {
  const pick = vscode.window.createQuickPick<Item>();
  const beside: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('split-horizontal'),
    tooltip: vscode.l10n.t('Open to the side'),
  };
  let search: SearchBox | undefined;
  let open = true;
  pick.title = vscode.l10n.t('Search the handbook');
  pick.placeholder = vscode.l10n.t('What do you want to know? Words, an acronym, a symptom');
  pick.value = typed;
  pick.busy = true;
  // Our order is the order: by relevance. Not in the published types, and without it rows whose title matches come first.
  try {
    Object.assign(pick, { sortByLabel: false });
  } catch (error) {
    problems.log.debug(String(error));
  }

  const show = (rows: readonly SearchRow[]): void => {
    pick.items = rows.map((row) => item(row, beside));
  };
  const update = async (): Promise<void> => {
    const text = pick.value.trim();
    const stillTyped = (): boolean => open && pick.value.trim() === text;
    const rows = text === '' ? await startRows(study) : search ? found(search, text) : [];
    if (stillTyped()) show(rows);
    if (text === '' || !search) return;
    // The handbook's come at once; the library's behind them.
    await pause(typingPause);
    const saved = stillTyped() ? await savedRows(text) : [];
    if (saved.length > 0 && stillTyped()) show(withSaved(rows, saved));
  };
  /** A library that can't be read is no reason to find nothing in the handbook. */
  const savedRows = async (text: string): Promise<readonly SearchRow[]> => {
    try {
      return await actions.library(text);
    } catch (error) {
      problems.log.warn(`The library couldn’t be searched: ${String(error)}`);
      return [];
    }
  };
  const safely = async (work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      problems.report(error, vscode.l10n.t('The search failed. Try again; if it keeps failing, the log says why.'));
    }
  };
  const act = (row: SearchRow, toSide: boolean): void => {
    switch (row.kind) {
      case 'passage':
        pick.hide();
        void safely(actions.openPassage(row.passageId, toSide));
        return;
      case 'saved':
        pick.hide();
        actions.openSaved(row.documentId, row.place, toSide);
        return;
      case 'chapter':
        pick.hide();
        void safely(actions.openChapter(row.chapterId, toSide));
        return;
      case 'ask':
        pick.hide();
        void safely(actions.ask(row.question));
        return;
      case 'suggestion':
        pick.value = row.typed;
        void safely(update());
        return;
      case 'heading':
      case 'nothing':
        return;
    }
  };

  pick.onDidChangeValue(() => void safely(update()));
  pick.onDidAccept(() => {
    const [chosen] = pick.selectedItems;
    if (chosen) act(chosen.row, false);
  });
  pick.onDidTriggerItemButton(({ item: chosen }) => {
    act(chosen.row, true);
  });
  pick.onDidHide(() => {
    open = false;
    pick.dispose();
  });
  pick.show();

  const load = async (): Promise<void> => {
    try {
      if (pick.value.trim() === '') await update();
      // Loading holds this thread for a moment: let the box be drawn first.
      await new Promise<void>((resolve) => {
        setTimeout(resolve);
      });
      ({ search } = await study.text());
      await update();
    } finally {
      if (open) pick.busy = false;
    }
  };
  const loaded = safely(load());
  return {
    type: (text) => {
      pick.value = text;
      void safely(update());
    },
    listed: async () => {
      await loaded;
      await update();
      return pick.items.map(({ row }) => row);
    },
    accept: (row) => {
      act(row, false);
    },
    close: () => {
      pick.hide();
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** The library's rows under a heading of their own, before the offer to ask. */
function withSaved(rows: readonly SearchRow[], saved: readonly SearchRow[]): SearchRow[] {
  const hits = rows.filter(({ kind }) => kind === 'passage');
  const ask = rows.filter(({ kind }) => kind === 'ask');
  return [...hits, heading(vscode.l10n.t('Library')), ...saved, heading(''), ...ask];
}

function found(search: SearchBox, text: string): SearchRow[] {
  const hits = search(text, limit).map(hitRow);
  const ask: SearchRow = { kind: 'ask', label: vscode.l10n.t('Ask the handbook: “{0}”', text), question: text };
  if (hits.length > 0) return [...hits, { kind: 'heading', label: '' }, ask];
  const nothing: SearchRow = {
    kind: 'nothing',
    label: vscode.l10n.t('Nothing found for “{0}”', text),
    detail: vscode.l10n.t('Try fewer or other words'),
  };
  return [nothing, ask];
}

/** What is offered before anything is typed: where to go on, what was read, and what one might ask. */
async function startRows(study: Study): Promise<SearchRow[]> {
  const [curriculum, progress] = await Promise.all([study.curriculum(), study.progress()]);
  const events = await study.events();
  const next = chapterToContinue(curriculum, progress);
  const recent = recentChapters(curriculum, events, 5).filter(({ id }) => id !== next?.id);
  const row = (chapter: (typeof recent)[number]): SearchRow => ({
    kind: 'chapter',
    chapterId: chapter.id,
    label: chapter.title,
    description: dotted(lengthWord(chapter.minutes, say), chapterStateWord(chapterState(progress, chapter.id), say)),
  });
  const suggestions = suggestedQuestions(curriculum, progress, 4).map((question): SearchRow => ({
    kind: 'suggestion',
    label: question,
    typed: question,
  }));
  return [
    ...(next ? [heading(vscode.l10n.t('continue')), row(next)] : []),
    ...(recent.length > 0 ? [heading(vscode.l10n.t('read lately')), ...recent.map(row)] : []),
    ...(suggestions.length > 0 ? [heading(vscode.l10n.t('for example')), ...suggestions] : []),
  ];
}

function heading(label: string): SearchRow {
  return { kind: 'heading', label };
}

function item(row: SearchRow, beside: vscode.QuickInputButton): Item {
  // Rows come from our own search: VS Code's filter, which knows only the labels, must hide none.
  const base = { row, label: row.label, alwaysShow: true };
  switch (row.kind) {
    case 'heading':
      return { ...base, kind: vscode.QuickPickItemKind.Separator };
    case 'passage':
      return { ...base, description: row.description, detail: row.detail, buttons: [beside] };
    case 'saved': {
      const { description, detail } = row;
      return { ...base, description, detail, iconPath: new vscode.ThemeIcon('library'), buttons: [beside] };
    }
    case 'chapter':
      return { ...base, description: row.description, iconPath: new vscode.ThemeIcon('book'), buttons: [beside] };
    case 'suggestion':
      return { ...base, iconPath: new vscode.ThemeIcon('search') };
    case 'ask':
      return { ...base, iconPath: new vscode.ThemeIcon('comment-discussion') };
    case 'nothing':
      return { ...base, detail: row.detail };
  }
}
