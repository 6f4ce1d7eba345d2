// Builds each part once, in order, and hands it what it needs. Nothing here loads the curriculum, the search index or the
// learner's progress: the parts ask for those when they are first used.

import * as vscode from 'vscode';
import { AskView, askViewId } from './vscode/askView.ts';
import { askScopes } from './vscode/askScopes.ts';
import { ChapterTree } from './vscode/chapterTree.ts';
import { registerChat } from './vscode/chat/registerChat.ts';
import { commandTable, registerCommands } from './vscode/commands.ts';
import { DashboardPanel, dashboardPanelType } from './vscode/dashboard/dashboardPanel.ts';
import { doForDashboard } from './vscode/dashboard/dashboardRequests.ts';
import { documentPanelType } from './vscode/document/documentPanels.ts';
import { Answers } from './vscode/model/answers.ts';
import { ChapterWarming } from './vscode/model/chapterWarming.ts';
import { GpuSupport } from './vscode/model/gpuSupport.ts';
import type { LibraryParts } from './vscode/library/libraryCommands.ts';
import { createLibrary, localLibrary, searchSaved } from './vscode/library/libraryParts.ts';
import { notedDocuments } from './vscode/library/notedDocuments.ts';
import { savedSource } from './vscode/library/savedSource.ts';
import { LoadingItem } from './vscode/model/loadingItem.ts';
import { LocalModel } from './vscode/model/localModel.ts';
import { actOnModel } from './vscode/model/modelCommands.ts';
import type { ModelParts } from './vscode/model/modelParts.ts';
import { ModelPanel, modelPanelType } from './vscode/model/modelPanel.ts';
import { modelPlaces } from './vscode/model/modelPlaces.ts';
import { MapPanel, mapPanelType } from './vscode/map/mapPanel.ts';
import { PlanTree } from './vscode/plan/planTree.ts';
import { registerNoteLinks } from './vscode/notes/noteLinks.ts';
import { Notes } from './vscode/notes/notes.ts';
import { NotesTree } from './vscode/notes/notesTree.ts';
import { passageOpener } from './vscode/openPassage.ts';
import { createProblems } from './vscode/problems.ts';
import { QuizPanel, quizPanelType } from './vscode/quiz/quizPanel.ts';
import { doForReader } from './vscode/readerRequests.ts';
import { Readers, readerViewType } from './vscode/readers.ts';
import { Deck } from './vscode/review/deck.ts';
import { DueItem } from './vscode/review/dueItem.ts';
import { ReviewPanel, reviewViewType } from './vscode/review/reviewPanel.ts';
import { openSearch } from './vscode/searchPick.ts';
import type { SearchPick } from './vscode/searchPick.ts';
import { settingNames } from './vscode/settings.ts';
import type { SettingsSync } from './vscode/settingsSync.ts';
import { StatusItem } from './vscode/statusItem.ts';
import { Study } from './vscode/study.ts';
import { syncWithSettings } from './vscode/syncWithSettings.ts';
import { whenToSync } from './vscode/whenToSync.ts';

/** The parts of the running companion, for the suites that run inside VS Code. */
export interface Companion {
  readonly study: Study;
  readonly tree: ChapterTree;
  readonly plan: PlanTree;
  readonly notes: Notes;
  readonly notesTree: NotesTree;
  readonly readers: Readers;
  readonly ask: AskView;
  readonly status: StatusItem;
  readonly sync: SettingsSync;
  /** Erases everything, without asking. */
  readonly erase: () => Promise<void>;
  readonly model: LocalModel;
  readonly answers: Answers;
  readonly modelPanel: ModelPanel;
  readonly deck: Deck;
  readonly shelf: LibraryParts;
  readonly reviews: ReviewPanel;
  readonly dashboard: DashboardPanel;
  readonly due: DueItem;
  readonly mapPanel: MapPanel;
  readonly quiz: QuizPanel;
  /** The search box that was opened last. */
  readonly search: () => SearchPick | undefined;
}

/** How long a chapter must have been open, and the model at rest, before the model reads it ahead. */
const warmingRestMs = 4000;

/** Called by VS Code when the companion is first needed. */
export function activate(context: vscode.ExtensionContext): Companion {
  const { extensionUri, globalStorageUri } = context;
  const log = vscode.window.createOutputChannel('Handbook', { log: true });
  const problems = createProblems(log);
  const model = new LocalModel(modelPlaces(extensionUri, globalStorageUri), problems);
  const library = localLibrary(context, model, problems);
  const study = new Study(extensionUri, globalStorageUri, problems, savedSource(library, problems));
  const tree = new ChapterTree(study, problems);
  const plan = new PlanTree(study, problems);
  const notes = new Notes(study, problems, notedDocuments(library, study));
  const readers = new Readers(extensionUri, study, problems, notes, (message) => {
    doForReader(message, study, readers, ask, problems).catch((error: unknown) => {
      problems.report(error, vscode.l10n.t('That didn’t work. Try again.'));
    });
  });
  const notesTree = new NotesTree(study, notes, problems);
  const openPassage = passageOpener({ readers, library, documents: () => shelf.documents, problems });
  const gpu = new GpuSupport(model, problems);
  const models: ModelParts = { extensionId: context.extension.id, model, gpu, problems };
  const modelPanel = new ModelPanel(
    extensionUri,
    { model, gpu, study, problems },
    { act: (action) => actOnModel(action, models), openPassage: (passageId) => openPassage(passageId) },
  );
  const openChapter = async (chapterId: string, beside: boolean): Promise<void> => {
    const chapter = await study.chapter(chapterId);
    if (chapter) await readers.openChapter(chapter, { beside });
  };
  const mapPanel = new MapPanel(extensionUri, study, problems, openChapter);
  const quiz = new QuizPanel(
    extensionUri,
    { study, model, problems },
    {
      openPassage: (passageId) => openPassage(passageId, { beside: true }),
      openChapter: (chapterId) => openChapter(chapterId, false),
    },
  );
  const answers = new Answers(study, model, log);
  const shelf: LibraryParts = createLibrary(
    extensionUri,
    { library, study, problems, notes },
    {
      openChapter,
      ask: async (words) => {
        await scopes.includeLibrary();
        await ask.open(words === '' ? '' : vscode.l10n.t('What does this mean: “{0}”?', words));
      },
    },
  );
  const scopes = askScopes({ memory: context.globalState, study, readers, library });
  const ask = new AskView(extensionUri, study, answers, problems, { openPassage, scopes });
  const status = new StatusItem(study, problems);
  const sync = syncWithSettings(context, study, problems);
  const data = { study, problems, settings: settingNames(context), model, sync, library: shelf.library };
  const deck = new Deck(study, problems);
  const reviews = new ReviewPanel(
    extensionUri,
    { deck, study, problems },
    {
      openPassage: (passageId) => openPassage(passageId, { beside: true }),
      browse: async () => {
        await vscode.commands.executeCommand('handbook.browseCards');
      },
    },
  );
  const due = new DueItem(deck, problems, (badge) => {
    tree.setBadge(badge);
  });
  const dashboard = new DashboardPanel(extensionUri, { study, deck, problems }, doForDashboard);
  let lastSearch: SearchPick | undefined;
  const search = (typed: string): SearchPick => {
    lastSearch = openSearch(typed, study, problems, {
      openPassage: (passageId, beside) => openPassage(passageId, { beside }),
      openChapter,
      ask: (question) => ask.open(question, undefined, true),
      library: (text) => searchSaved(shelf, text),
      openSaved: (documentId, place, beside) => {
        shelf.documents.open(documentId, { place, beside });
      },
    });
    return lastSearch;
  };

  const parts: readonly Pick<vscode.Disposable, 'dispose'>[] = [
    log,
    study,
    tree,
    plan,
    notes,
    notesTree,
    readers,
    model,
    gpu,
    modelPanel,
    mapPanel,
    quiz,
    answers,
    ask,
    status,
    sync,
    whenToSync(sync, study),
    shelf.library,
    shelf.libraryTree,
    shelf.texts,
    shelf.documents,
    study.onDidErase(() => ask.forget()),
    deck,
    reviews,
    dashboard,
    due,
    new LoadingItem(model),
    new ChapterWarming({
      model,
      reading: () => readers.open[0]?.chapterId,
      onDidChangeChapter: readers.onDidChangeChapter,
      prefix: (chapterId, signal) => answers.prefix(chapterId, signal),
      log,
      restMs: warmingRestMs,
    }),
    vscode.window.registerWebviewViewProvider(askViewId, ask),
    vscode.window.registerWebviewPanelSerializer(readerViewType, readers),
    vscode.window.registerWebviewPanelSerializer(reviewViewType, reviews),
    vscode.window.registerWebviewPanelSerializer(quizPanelType, quiz),
    vscode.window.registerWebviewPanelSerializer(dashboardPanelType, dashboard),
    vscode.window.registerWebviewPanelSerializer(mapPanelType, mapPanel),
    vscode.window.registerWebviewPanelSerializer(modelPanelType, modelPanel),
    vscode.window.registerWebviewPanelSerializer(documentPanelType, shelf.documents),
    registerCommands(
      commandTable({
        study,
        problems,
        tree,
        notes,
        notesTree,
        readers,
        ask,
        openPassage,
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
      }),
      problems,
    ),
    registerChat({
      context,
      study,
      answers,
      meaning: answers.meaning,
      model,
      problems,
      reading: () => readers.active?.chapterId,
      library: shelf.library,
    }),
    readers.onDidChangeChapter((chapterId) => {
      tree.follow(chapterId);
    }),
    registerNoteLinks(),
    noteMarks(study),
    noteModel(model),
  ];
  // The last made goes first: readers still save their place while the store is open.
  context.subscriptions.push({
    dispose: () => {
      for (const part of [...parts].reverse()) part.dispose();
    },
  });
  return {
    study,
    tree,
    readers,
    ask,
    status,
    sync,
    erase: async () => (await import('./vscode/eraseData.ts')).eraseNow(data),
    model,
    answers,
    modelPanel,
    reviews,
    due,
    search: () => lastSearch,
    plan,
    mapPanel,
    quiz,
    notes,
    notesTree,
    dashboard,
    deck,
    shelf,
  };
}

/** Tells the walkthrough once something is marked. */
function noteMarks(study: Study): vscode.Disposable {
  let marked = false;
  return study.onDidChangeProgress(({ chapters, resources }) => {
    if (marked || (Object.keys(chapters).length === 0 && Object.keys(resources).length === 0)) return;
    marked = true;
    void vscode.commands.executeCommand('setContext', 'handbook.hasMarks', true);
  });
}

/** Tells the walkthrough once a model is chosen. */
function noteModel(model: LocalModel): vscode.Disposable {
  let noted = false;
  const note = (): void => {
    if (noted || !model.has('chat')) return;
    noted = true;
    void vscode.commands.executeCommand('setContext', 'handbook.hasModel', true);
  };
  note();
  return model.onDidChange(note);
}
