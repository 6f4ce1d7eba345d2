// The text that a model generates → pieces of answer and of thought. Markers of thought are taken out, the text ends where a
// stop begins, and what may turn out to be a marker is held back until that is known.

export interface AnswerTextRules {
  /** What opens and closes a thought. The answer may begin with one; later, the opening is ordinary text. */
  readonly thought?: { readonly open: string; readonly close: string };
  /** The prompt has opened the thought already. */
  readonly startsInThought: boolean;
  /** Text of the chat format that belongs to neither. */
  readonly hidden: readonly string[];
  /** The whole text ends where one of these begins. */
  readonly stops: readonly string[];
  /** The answer ends where one of these begins. */
  readonly answerStops: readonly string[];
  /** The text goes on with something begun before: its leading white space counts. */
  readonly continues: boolean;
}

export interface TextPiece {
  readonly segment: 'answer' | 'thought';
  readonly text: string;
}

export interface AnswerText {
  readonly push: (text: string) => readonly TextPiece[];
  /** No more comes: what was held back is text. */
  readonly end: () => readonly TextPiece[];
  /** A stop was met; nothing is to be added any more. */
  readonly stopped: () => boolean;
}

type Marker = { readonly text: string } & { readonly means: 'open' | 'close' | 'hide' | 'stop' };

export function createAnswerText(rules: AnswerTextRules): AnswerText {
  let segment: TextPiece['segment'] = rules.startsInThought ? 'thought' : 'answer';
  let held = '';
  let stopped = false;
  /** Nothing but white space so far, in this segment and in the whole answer. */
  let atStart = !rules.continues || rules.startsInThought;
  let answerIsEmpty = !rules.continues;

  const markers = (): Marker[] => {
    const found: Marker[] = [];
    const mark = (text: string | undefined, means: Marker['means']): void => {
      if (text) found.push({ text, means });
    };
    if (segment === 'thought') mark(rules.thought?.close, 'close');
    else if (answerIsEmpty) mark(rules.thought?.open, 'open');
    for (const text of rules.hidden) mark(text, 'hide');
    for (const text of rules.stops) mark(text, 'stop');
    if (segment === 'answer') for (const text of rules.answerStops) mark(text, 'stop');
    return found;
  };

  const emit = (text: string, into: TextPiece[]): void => {
    const shown = atStart ? text.trimStart() : text;
    if (shown === '') return;
    atStart = false;
    if (segment === 'answer') answerIsEmpty = false;
    into.push({ segment, text: shown });
  };

  const cut = (isEnd: boolean): TextPiece[] => {
    const pieces: TextPiece[] = [];
    while (!stopped) {
      const active = markers();
      const found = firstMarker(held, active);
      if (found === undefined) {
        const keep = isEnd ? 0 : unfinishedMarker(held, active);
        emit(held.slice(0, held.length - keep), pieces);
        held = held.slice(held.length - keep);
        break;
      }
      // Text before the opening of a thought means that this is an answer, in which the marker is a word like any other.
      const before = held.slice(0, found.index);
      if (found.marker.means === 'open' && before.trim() !== '') {
        emit(before, pieces);
        held = held.slice(found.index);
        continue;
      }
      emit(before, pieces);
      held = held.slice(found.index + found.marker.text.length);
      if (found.marker.means === 'stop') {
        stopped = true;
        held = '';
      } else if (found.marker.means !== 'hide') {
        segment = found.marker.means === 'open' ? 'thought' : 'answer';
        atStart = true;
        if (segment === 'answer') answerIsEmpty = false;
      }
    }
    return pieces;
  };

  return {
    push: (text) => {
      if (stopped) return [];
      held += text;
      return cut(false);
    },
    end: () => cut(true),
    stopped: () => stopped,
  };
}

/** The marker that begins first; of several at one place, the longest. */
function firstMarker(text: string, markers: readonly Marker[]): { index: number; marker: Marker } | undefined {
  let first: { index: number; marker: Marker } | undefined;
  for (const marker of markers) {
    const index = text.indexOf(marker.text);
    if (index < 0) continue;
    if (
      first === undefined ||
      index < first.index ||
      (index === first.index && marker.text.length > first.marker.text.length)
    ) {
      first = { index, marker };
    }
  }
  return first;
}

/** The length of the text's end that may be the beginning of a marker. */
function unfinishedMarker(text: string, markers: readonly Marker[]): number {
  let longest = 0;
  for (const { text: marker } of markers) {
    for (let length = Math.min(text.length, marker.length - 1); length > longest; length--) {
      if (text.endsWith(marker.slice(0, length))) {
        longest = length;
        break;
      }
    }
  }
  return longest;
}
