// What the library's commands do, loaded with the first of them.

export { addToLibrary, addTranscript } from './addToLibrary.ts';
export {
  checkSaved,
  documentsNamed,
  openOriginal,
  openSaved,
  removeSaved,
  retrySaved,
  stopSaved,
} from './savedCommands.ts';
export { saveOffline } from './saveOffline.ts';
