// Every command with what it does.

import * as vscode from 'vscode';
import { chapterToContinue } from '../core/continueReading.ts';
import type { Chapter, Resource } from '../core/curriculum.ts';
import { chapterState } from '../core/progress.ts';
import type { ChapterState, ResourceState } from '../core/progress.ts';
import { chapterTick } from '../core/tick.ts';
import { noFilter } from '../core/treeFilter.ts';
import type { AskView } from './askView.ts';
import { treeViewId } from './chapterTree.ts';
import type { ChapterTree } from './chapterTree.ts';
import { commandIds } from './commandIds.ts';
import type { CommandId } from './commandIds.ts';
import type { DashboardPanel } from './dashboard/dashboardPanel.ts';
import type { EraseParts } from './eraseData.ts';
import { fieldsOf } from './fromPage.ts';
import { copyLinks, openResource } from './links.ts';
import { libraryCommands } from './library/libraryCommands.ts';
import type { LibraryParts } from './library/libraryCommands.ts';
import { chooseModel, removeModel } from './model/modelCommands.ts';
import type { ModelParts } from './model/modelParts.ts';
import type { ModelPanel } from './model/modelPanel.ts';
import type { MapPanel } from './map/mapPanel.ts';
import { noteCommands, type NoteCommandParts } from './notes/noteCommands.ts';
import type { OpenPassage } from './openPassage.ts';
import { changePlan, dropPlan, planForGoal } from './plan/planCommands.ts';
import type { Problems } from './problems.ts';
import type { QuizPanel } from './quiz/quizPanel.ts';
import { parseCardDraft } from './review/cardDraft.ts';
import type { Deck } from './review/deck.ts';
import type { ReviewPanel } from './review/reviewPanel.ts';
import type { SearchPick } from './searchPick.ts';
import type { ArxivForm } from './settings.ts';
import { chaptersAbout, chaptersNamed, resourcesNamed } from './subjects.ts';

type Handler = (...args: readonly unknown[]) => unknown;

/** What the commands act on. */
export interface CommandParts extends Omit<NoteCommandParts, 'documents'> {
  readonly tree: ChapterTree;
  readonly ask: AskView;
  readonly openPassage: OpenPassage;
  readonly search: (typed: string) => SearchPick;
  readonly models: ModelParts;
  readonly modelPanel: ModelPanel;
  readonly data: EraseParts;
  readonly shelf: LibraryParts;
  readonly deck: Deck;
  readonly reviews: ReviewPanel;
  readonly mapPanel: Pick<MapPanel, 'open'>;
  readonly quiz: QuizPanel;
  readonly dashboard: DashboardPanel;
}

/** The table of all commands. */
export function commandTable(parts: CommandParts): Record<CommandId, Handler> {
  const {
    study,
    problems,
    tree,
    readers,
    ask,
    search,
    models,
    modelPanel,
    deck,
    reviews,
    mapPanel,
    quiz,
    dashboard,
    data,
    shelf,
  } = parts;

  const pickers = (): Promise<typeof import('./pickers.ts')> => import('./pickers.ts');

  /** The chapters named by the arguments; else the one that is being read; else the one the learner picks. */
  const chapters = async (args: readonly unknown[], question: string): Promise<readonly Chapter[]> => {
    const curriculum = await study.curriculum();
    const named = chaptersNamed(curriculum, args);
    if (named.length > 0) return named;
    const reading = await study.chapter(readers.active?.chapterId);
    const chapter = reading ?? (await (await pickers()).pickChapter(curriculum, await study.progress(), question));
    return chapter ? [chapter] : [];
  };

  const openChapter = async (args: readonly unknown[], beside: boolean): Promise<void> => {
    const curriculum = await study.curriculum();
    const [named] = chaptersNamed(curriculum, args);
    const reading = beside ? await study.chapter(readers.active?.chapterId) : undefined;
    const question = vscode.l10n.t('Which chapter do you want to read?');
    const chapter =
      named ?? reading ?? (await (await pickers()).pickChapter(curriculum, await study.progress(), question));
    if (chapter) await readers.openChapter(chapter, { beside });
  };

  const resources = async (args: readonly unknown[], work: (resource: Resource) => Promise<void>): Promise<void> => {
    const named = resourcesNamed(await study.curriculum(), args);
    if (named.length === 0) void vscode.window.showInformationMessage(pickResource());
    for (const resource of named) await work(resource);
  };

  const open =
    (form?: ArxivForm): Handler =>
    (...args) =>
      resources(args.slice(0, 1), (resource) => openResource(resource, problems, form));

  const copying =
    (form: 'link' | 'markdown'): Handler =>
    async (...args) => {
      const named = resourcesNamed(await study.curriculum(), args);
      if (named.length === 0) void vscode.window.showInformationMessage(pickResource());
      else await copyLinks(named, form);
    };

  const mark =
    (state: ChapterState): Handler =>
    async (...args) => {
      const marked = await chapters(args, vscode.l10n.t('Which chapter do you want to mark?'));
      await study.record(...marked.map(({ id }) => ({ kind: 'chapter', subject: id, state }) as const));
    };

  const markResource =
    (state: ResourceState): Handler =>
    async (...args) => {
      const marked = resourcesNamed(await study.curriculum(), args);
      if (marked.length === 0) void vscode.window.showInformationMessage(pickResource());
      await study.record(...marked.map(({ id }) => ({ kind: 'resource', subject: id, state }) as const));
    };

  const openPassage = (passageId: unknown, sentence?: unknown): Promise<void> =>
    parts.openPassage(typeof passageId === 'string' ? passageId : '', typeof sentence === 'string' ? { sentence } : {});

  return {
    'handbook.search': (typed) => {
      search(typeof typed === 'string' ? typed : '');
    },
    'handbook.openChapter': (...args) => openChapter(args, false),
    'handbook.openToSide': (...args) => openChapter(args, true),
    'handbook.openPassage': openPassage,
    'handbook.continue': async () => {
      const next = chapterToContinue(await study.curriculum(), await study.progress());
      if (next) await readers.openChapter(next);
      else void vscode.window.showInformationMessage(vscode.l10n.t('You have studied every chapter of the handbook.'));
    },
    'handbook.ask': (question) => ask.open(typeof question === 'string' ? question : ''),
    'handbook.askAbout': async (...args) => {
      const curriculum = await study.curriculum();
      // There the learner may have selected words: only the page knows.
      if (chaptersNamed(curriculum, args).length === 0 && readers.active) {
        readers.active.askSelection();
        return;
      }
      const [chapter] = await chapters(args, vscode.l10n.t('Which chapter do you want to ask about?'));
      if (chapter) await ask.open('', { chapterId: chapter.id, chapterTitle: chapter.title, text: '' });
    },
    'handbook.askDocument': () => shelf.documents.active?.askSelection(),
    'handbook.newConversation': () => ask.openNew(),
    'handbook.quizMe': async (...args) => {
      const about = chaptersAbout(await study.curriculum(), args).map(({ id }) => id);
      if (about.length > 0) await quiz.start({ type: 'chapters', chapterIds: about });
      else await quiz.pick(readers.open[0]?.chapterId);
    },
    'handbook.markNotStarted': mark('not-started'),
    'handbook.markSkimmed': mark('skimmed'),
    'handbook.markStudied': mark('studied'),
    'handbook.toggleStudied': async (...args) => {
      // By keyboard from the tree: VS Code doesn't say which row, but what is selected.
      const selected = fieldsOf(args[0])?.['view'] === treeViewId ? [tree.selection[0], tree.selection] : args;
      const toggled = await chapters(selected, vscode.l10n.t('Which chapter have you studied?'));
      const [progress, history] = await Promise.all([study.progress(), study.events()]);
      await study.record(
        ...toggled.map(({ id }) => {
          const ticked = chapterState(progress, id) !== 'studied';
          return { kind: 'chapter', subject: id, state: chapterTick(history, id, ticked) } as const;
        }),
      );
    },
    'handbook.markToDo': markResource('to-do'),
    'handbook.markDoing': markResource('doing'),
    'handbook.markDone': markResource('done'),
    'handbook.markSkipped': markResource('skipped'),
    'handbook.openResource': open(),
    'handbook.openAbstract': open('abstract'),
    'handbook.openPdf': open('pdf'),
    'handbook.openHtml': open('html'),
    'handbook.copyLink': copying('link'),
    'handbook.copyMarkdownLink': copying('markdown'),
    'handbook.filter': async () => {
      const { pickFilter } = await pickers();
      const filter = await pickFilter(await study.curriculum(), tree.filter);
      if (filter) tree.setFilter(filter);
    },
    'handbook.clearFilter': () => {
      tree.setFilter(noFilter);
    },
    'handbook.plan': (...args) => planForGoal(study, args),
    'handbook.changePlan': () => changePlan(study),
    'handbook.dropPlan': () => dropPlan(study),
    'handbook.showMap': (goal) => {
      mapPanel.open(goal);
    },
    'handbook.exportEverything': async (target) =>
      (await import('./transfer.ts')).exportEverything(data, uriOf(target)),
    'handbook.importEverything': async (source) =>
      (await import('./transfer.ts')).importEverything(data, uriOf(source)),
    'handbook.eraseData': async () => (await import('./eraseData.ts')).eraseMyData(data),
    'handbook.chooseModel': () => chooseModel(models),
    'handbook.showModel': () => {
      modelPanel.open();
    },
    'handbook.showDashboard': () => {
      dashboard.open();
    },
    'handbook.removeModel': () => removeModel(models),
    ...libraryCommands(shelf, {
      study,
      problems,
      chapters: () => chapters([], vscode.l10n.t('Which chapter’s resources do you want to save?')),
      reading: () => readers.active?.chapterId,
    }),
    'handbook.review': () => {
      reviews.open();
    },
    'handbook.newCard': (draft) => {
      reviews.write(parseCardDraft(draft));
    },
    'handbook.browseCards': async () => {
      const { browseCards } = await import('./review/browseCards.ts');
      await browseCards({ deck, reviews, openPassage, report: problems.report, pick: vscode.window.showQuickPick });
    },
    'handbook.exportReviewLog': async (target) => {
      const { exportReviewLog } = await import('./review/cardTransfer.ts');
      return exportReviewLog(deck, uriOf(target));
    },
    'handbook.exportCards': async (target) => {
      const { exportCards } = await import('./review/cardTransfer.ts');
      return exportCards(deck, uriOf(target));
    },
    'handbook.importCards': async (source) => {
      const { importCards } = await import('./review/cardTransfer.ts');
      return importCards(deck, problems, uriOf(source));
    },
    ...noteCommands({ ...parts, documents: shelf.documents }),
    'handbook.retry': () => {
      tree.refresh();
    },
    'handbook.showLog': () => {
      problems.log.show();
    },
  };
}

/** Registers every command; whatever one of them throws is put into words. */
export function registerCommands(table: Record<CommandId, Handler>, problems: Problems): vscode.Disposable {
  return vscode.Disposable.from(
    ...commandIds.map((id) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        try {
          return await table[id](...args);
        } catch (error) {
          problems.report(error, vscode.l10n.t('That didn’t work. Try again; if it keeps failing, the log says why.'));
          return undefined;
        }
      }),
    ),
  );
}

function uriOf(value: unknown): vscode.Uri | undefined {
  return value instanceof vscode.Uri ? value : undefined;
}

function pickResource(): string {
  return vscode.l10n.t('Choose a resource in the view “Chapters” first.');
}
