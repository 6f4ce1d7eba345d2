// Every command of the companion. The manifest contributes exactly these, and the table in commands.ts has a handler for
// each (the compiler sees to the second, a test to the first).

export const noteCommandIds = [
  'handbook.highlightSelection',
  'handbook.noteSelection',
  'handbook.cardSelection',
  'handbook.searchNotes',
  'handbook.openNote',
  'handbook.editNote',
  'handbook.placeNote',
  'handbook.copyNote',
  'handbook.deleteNote',
  'handbook.exportNotes',
] as const;

export type NoteCommandId = (typeof noteCommandIds)[number];

export const commandIds = [
  'handbook.search',
  'handbook.openChapter',
  'handbook.openToSide',
  'handbook.openPassage',
  'handbook.continue',
  'handbook.ask',
  'handbook.askAbout',
  'handbook.newConversation',
  'handbook.markNotStarted',
  'handbook.markSkimmed',
  'handbook.markStudied',
  'handbook.toggleStudied',
  'handbook.markToDo',
  'handbook.markDoing',
  'handbook.markDone',
  'handbook.markSkipped',
  'handbook.openResource',
  'handbook.openAbstract',
  'handbook.openPdf',
  'handbook.openHtml',
  'handbook.copyLink',
  'handbook.copyMarkdownLink',
  'handbook.copyBibtex',
  'handbook.copyHandbookBibtex',
  'handbook.filter',
  'handbook.clearFilter',
  'handbook.exportProgress',
  'handbook.importProgress',
  'handbook.chooseModel',
  'handbook.showModel',
  'handbook.removeModel',
  'handbook.retry',
  'handbook.showLog',
  ...noteCommandIds,
] as const;

export type CommandId = (typeof commandIds)[number];
