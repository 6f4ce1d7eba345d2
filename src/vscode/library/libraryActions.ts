// What the library's commands do, loaded with the first of them.

export { addToLibrary, addTranscript, attachFile } from './addToLibrary.ts';
export { replaceSavedLink, restoreSavedLinks } from './deadLinks.ts';
export { copyCitation, copyHandbook, exportBibliography } from './exportBibliography.ts';
export { importBibliography } from './importBibliography.ts';
export {
  checkSaved,
  documentsNamed,
  openOriginal,
  openSaved,
  removeSaved,
  retrySaved,
  stopSaved,
} from './savedCommands.ts';
export { saveListed, saveOffline } from './saveOffline.ts';
