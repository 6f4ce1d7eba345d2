// A transcript → what is said in it, in passages that are cited by their time.

import type { DocumentPassage, DocumentText } from './documentText.ts';
import { parseTranscript } from './transcript.ts';

/** In characters: about half a minute of talk. */
const enough = 500;

/** What a .vtt or .srt file says; no passages if it says nothing. */
export function spokenText(file: string): DocumentText {
  const passages: DocumentPassage[] = [];
  let [text, seconds] = ['', 0];
  const close = (): void => {
    if (text !== '') passages.push({ kind: 'text', heading: '', text, boxes: [], seconds });
    text = '';
  };
  for (const cue of parseTranscript(file)) {
    if (text === '') seconds = Math.floor(cue.start);
    text = text === '' ? cue.text : `${text} ${cue.text}`;
    if (text.length >= enough) close();
  }
  close();
  return { outline: [], passages };
}
