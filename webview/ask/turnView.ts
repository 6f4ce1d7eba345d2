// One question with what is answered to it. A turn that was kept and one that streams in are painted by the same events.

import type { AnswerEvent, AnswerProgress, Turn } from '../../src/protocol/ask.ts';
import { count, element } from '../dom.ts';
import { answerBody, type Grounds } from './answerBody.ts';
import { endLine, fallbackNotice, questionBubble, refusal, type AskedQuestion } from './notices.ts';
import { scopeWords } from './scopes.ts';
import { droppedWords, seenFold } from './seen.ts';
import { sourceList, type SourceList } from './sourceList.ts';
import { statusLine } from './status.ts';
import { thoughtFold } from './thought.ts';
import { footButtons } from './turnFoot.ts';

export interface TurnActions {
  readonly openPassage: (passageId: string, sentence?: string) => void;
  readonly copy: () => void;
  readonly copyCode: (code: string) => void;
  readonly regenerate: () => void;
  readonly resume: () => void;
  readonly openQuiz: (chapterId: string) => void;
  readonly chooseModel: () => void;
  readonly showLog: () => void;
  /** Reads words out to who doesn't see them. */
  readonly announce: (words: string) => void;
}

export interface TurnStart extends AskedQuestion {
  readonly id: string;
}

export interface TurnView {
  readonly id: string;
  readonly element: HTMLElement;
  /** Paints what has come in of a turn, all at once, without reading it out. */
  readonly paint: (turn: Turn, progress?: AnswerProgress) => void;
  readonly apply: (event: AnswerEvent) => void;
  /** `words` say why, or what else there is to say about this end. */
  readonly end: (ended: Turn['ended'], words?: string) => void;
  /** Between the learner's "Stop" and the extension's `ended`. */
  readonly stopping: () => void;
  /** The answer goes on where it was cut. */
  readonly reopen: () => void;
}

/** A turn that waits for its answer. */
export function turnView({ id, question, about, mode, scope }: TurnStart, actions: TurnActions): TurnView {
  const status = statusLine();
  const evidence = element('div', { class: 'evidence' });
  const notice = element('div');
  const thought = thoughtFold();
  const ending = element('div');
  const foot = element('div', { class: 'turn-foot' });
  const saw = element('div');
  let grounds: Grounds = { sources: [], coverage: 'covered', seen: undefined, scope };
  let list: SourceList | undefined;
  let declined = false;
  let cut = false;
  const body = answerBody(() => grounds, {
    open: ({ passageId }, sentence) => {
      actions.openPassage(passageId, sentence);
    },
    point: (number, on) => list?.point(number, on),
    copyCode: actions.copyCode,
  });
  const view = element(
    'article',
    { class: 'turn waiting', 'aria-label': `Question: ${question}` },
    questionBubble({ question, about, mode, scope }),
    notice,
    body.label,
    thought.element,
    body.words,
    body.legend,
    status.element,
    ending,
    foot,
    saw,
    // Last, although the sources come first: in a sidebar of usual height they would push the answer out of sight.
    evidence,
  );
  status.say(scopeWords[scope?.kind ?? 'handbook'].looking);

  const showSources = (title: string): void => {
    list =
      grounds.sources.length > 0
        ? sourceList(title, grounds.sources, (source) => {
            actions.openPassage(source.passageId);
          })
        : undefined;
    evidence.replaceChildren(...(list ? [list.element] : []));
  };
  /** The reasoning says by itself that it is under way. */
  const setThinking = (thinking: boolean): void => {
    thought.setLive(thinking);
    status.setShown(thinking ? 'aloud' : true);
    status.say(thinking ? 'Thinking…' : 'Writing the answer…');
  };
  const writing = (): void => {
    view.classList.add('answered');
    setThinking(false);
  };

  const apply = (event: AnswerEvent): void => {
    switch (event.type) {
      case 'sources':
        grounds = { ...grounds, sources: event.sources, coverage: event.coverage };
        showSources(event.coverage === 'not-covered' ? 'Nearest passages' : count(event.sources.length, 'source'));
        status.say('Writing the answer…');
        return;
      case 'progress':
        status.progress(event.progress);
        return;
      case 'seen':
        grounds = { ...grounds, seen: event.seen };
        saw.replaceChildren(seenFold(event.seen, actions.openPassage));
        status.say('Writing the answer…');
        return;
      case 'thought':
        thought.add(event.text);
        if (body.speaker() === undefined) setThinking(true);
        return;
      case 'sentence':
        body.addSentence(event.speaker, event.sentence);
        writing();
        return;
      case 'block':
        body.setBlock(event.index, event.block);
        writing();
        return;
      case 'cut':
        cut = true;
        return;
      case 'fallback':
        cut = false;
        body.forget();
        view.classList.remove('answered');
        notice.replaceChildren(fallbackNotice(event.message, actions.chooseModel, actions.showLog));
        setThinking(false);
        return;
      case 'declined':
        declined = true;
        showSources('Nearest passages');
        view.classList.add('declined');
        body.replace(refusal(event, grounds.sources.length > 0, scope));
        return;
    }
  };

  return {
    id,
    element: view,
    paint: (turn, progress) => {
      for (const event of eventsOf(turn)) apply(event);
      if (progress) apply({ type: 'progress', progress });
      body.skip();
    },
    apply: (event) => {
      apply(event);
      switch (event.type) {
        case 'block':
          body.tell(actions.announce, false);
          return;
        case 'sentence':
          actions.announce(event.sentence.text);
          return;
        case 'fallback':
          actions.announce(notice.textContent);
          return;
        case 'declined':
          actions.announce(body.words.textContent);
          return;
        case 'sources':
        case 'seen':
        case 'progress':
        case 'thought':
        case 'cut':
          return;
      }
    },
    stopping: () => {
      status.setShown(true);
      status.say('Stopping…');
    },
    reopen: () => {
      cut = false;
      view.classList.add('waiting');
      ending.replaceChildren();
      foot.replaceChildren();
      status.setShown(true);
      status.say('Going on with the answer…');
    },
    end: (ended, words) => {
      const answered = body.speaker() !== undefined;
      const dropped = grounds.seen?.droppedTurns ?? 0;
      view.classList.remove('waiting');
      status.setShown(false);
      thought.setLive(false);
      body.tell(actions.announce, true);
      ending.replaceChildren(
        ...endLines(ended, answered || declined, words),
        ...(cut ? [endLine('remark', 'The answer stopped at its length limit.')] : []),
        ...(body.speaker() === 'model' && dropped > 0 ? [endLine('remark', droppedWords(dropped))] : []),
      );
      const quizOn = mode === 'quiz' && answered ? about?.chapterId : undefined;
      const anew = ended !== 'finished' ? 'again' : answered ? 'regenerate' : undefined;
      foot.replaceChildren(...footButtons({ copy: answered, anew, resume: cut, quizOn }, actions));
    },
  };
}

/** The events that make a turn what it is. */
function eventsOf(turn: Turn): AnswerEvent[] {
  const { coverage, sources, seen, thought, blocks = [], fallback, sentences, speaker, declined, cut } = turn;
  const looked = coverage !== 'not-covered' || sources.length > 0 || declined !== undefined;
  return [
    ...(looked ? [{ type: 'sources', coverage, sources } as const] : []),
    ...(seen ? [{ type: 'seen', seen } as const] : []),
    ...(thought === undefined ? [] : [{ type: 'thought', text: thought } as const]),
    ...blocks.map((block, index) => ({ type: 'block', index, block }) as const),
    ...(fallback === undefined ? [] : [{ type: 'fallback', message: fallback } as const]),
    ...sentences.map((sentence) => ({ type: 'sentence', speaker, sentence }) as const),
    ...(declined ? [{ type: 'declined', ...declined } as const] : []),
    ...(cut === true ? [{ type: 'cut' } as const] : []),
  ];
}

function endLines(ended: Turn['ended'], something: boolean, words: string | undefined): HTMLElement[] {
  switch (ended) {
    case 'stopped':
      return [endLine('stopped', words ?? 'You stopped this answer.')];
    case 'failed':
      return [endLine('problem', words ?? 'This question could not be answered.')];
    case 'finished':
      if (words !== undefined) return [endLine('remark', words)];
      return something ? [] : [endLine('remark', 'No answer came back.')];
  }
}
