// One question with what is answered to it. A turn that was kept and one that streams in are painted by the same events.

import type {
  About,
  AnswerEvent,
  AnswerSentence,
  Coverage,
  DeclineReason,
  Source,
  Speaker,
  Turn,
} from '../../src/protocol/ask.ts';
import { button, progressRing } from '../controls.ts';
import { count, element, icon } from '../dom.ts';
import { sentenceElement } from './sentences.ts';
import { sourceList, type SourceList } from './sourceList.ts';

export interface TurnActions {
  readonly openPassage: (passageId: string, sentence?: string) => void;
  readonly copy: () => void;
  readonly askAgain: () => void;
}

export interface TurnView {
  readonly id: string;
  readonly element: HTMLElement;
  readonly apply: (event: AnswerEvent) => void;
  readonly end: (ended: Turn['ended'], problem?: string) => void;
  /** Between the learner's "Stop" and the extension's `ended`. */
  readonly stopping: () => void;
}

/** A turn that waits for its answer. */
export function turnView(id: string, question: string, about: About | undefined, actions: TurnActions): TurnView {
  const status = element('p', { class: 'status', role: 'status' }, progressRing(), 'Looking in the handbook…');
  const evidence = element('div', { class: 'evidence' });
  const label = element('p', { class: 'speaker' });
  const answer = element('div', { class: 'answer', 'aria-live': 'polite' });
  const foot = element('div', { class: 'turn-foot' });
  const view = element(
    'article',
    { class: 'turn waiting', 'aria-label': `Question: ${question}` },
    element('div', { class: 'question' }, about && aboutLine(about), element('p', {}, question)),
    label,
    answer,
    status,
    foot,
    // Last, although the sources come first: in a sidebar of usual height they would push the answer out of sight.
    evidence,
  );
  let sources: readonly Source[] = [];
  let coverage: Coverage = 'covered';
  let list: SourceList | undefined;
  let speaker: Speaker | undefined;
  let declined = false;
  label.hidden = true;

  const showSources = (title: string): void => {
    list =
      sources.length > 0
        ? sourceList(title, sources, (source) => {
            actions.openPassage(source.passageId);
          })
        : undefined;
    evidence.replaceChildren(...(list ? [list.element] : []));
  };
  const showSentence = (who: Speaker, sentence: AnswerSentence): void => {
    if (speaker === undefined) {
      speaker = who;
      label.hidden = false;
      label.append(icon(speakers[who].icon), speakers[who].label);
      if (coverage === 'partly') {
        answer.append(
          element('p', { class: 'partly' }, icon('info'), 'The handbook covers only a part of this question.'),
        );
      }
      answer.append(element('p', { class: 'sentences' }));
      view.classList.add('answered');
    }
    answer.lastElementChild?.append(
      sentenceElement(sentence, sources, {
        open: (source, text) => {
          actions.openPassage(source.passageId, text);
        },
        point: (number, on) => list?.point(number, on),
      }),
    );
  };

  return {
    id,
    element: view,
    apply: (event) => {
      switch (event.type) {
        case 'sources':
          sources = event.sources;
          coverage = event.coverage;
          showSources(event.coverage === 'not-covered' ? 'Nearest passages' : count(sources.length, 'source'));
          status.lastChild?.replaceWith('Writing the answer…');
          return;
        case 'sentence':
          showSentence(event.speaker, event.sentence);
          return;
        case 'declined':
          declined = true;
          showSources('Nearest passages');
          view.classList.add('declined');
          answer.replaceChildren(refusal(event.reason, event.missing, sources.length > 0));
          return;
      }
    },
    stopping: () => {
      status.lastChild?.replaceWith('Stopping…');
    },
    end: (ended, problem) => {
      view.classList.remove('waiting');
      status.replaceChildren();
      status.hidden = true;
      if (ended === 'stopped') {
        answer.append(element('p', { class: 'stopped' }, icon('debug-stop'), 'You stopped this answer.'));
      }
      if (ended === 'failed') {
        answer.append(
          element('p', { class: 'problem' }, icon('error'), problem ?? 'This question could not be answered.'),
        );
      }
      if (ended === 'finished' && speaker === undefined && !declined) {
        answer.append(element('p', { class: 'stopped' }, 'No answer came back.'));
      }
      if (speaker !== undefined) foot.append(copyButton(actions.copy));
      if (ended !== 'finished') foot.append(againButton(actions.askAgain));
    },
  };
}

/** A turn as it was kept. */
export function keptTurn(turn: Turn, actions: TurnActions): TurnView {
  const view = turnView(turn.id, turn.question, turn.about, actions);
  view.apply({ type: 'sources', coverage: turn.coverage, sources: turn.sources });
  for (const sentence of turn.sentences) view.apply({ type: 'sentence', speaker: turn.speaker, sentence });
  if (turn.declined) view.apply({ type: 'declined', ...turn.declined });
  view.end(turn.ended);
  return view;
}

function aboutLine(about: About): HTMLElement {
  return element(
    'p',
    { class: 'about' },
    icon('quote'),
    element('span', {}, about.text ? `“${about.text}”` : `About ${about.chapterTitle}`),
  );
}

function refusal(reason: DeclineReason, missing: readonly string[], near: boolean): HTMLElement {
  const { title, more } = refusals[reason];
  const last = reason === 'not-covered' && near ? 'These passages come nearest; they may not answer it.' : more;
  const words = missing.map((word) => `“${word}”`).join(', ');
  return element(
    'div',
    { class: 'refusal' },
    element('p', { class: 'refusal-title' }, icon('circle-slash'), title),
    reason === 'not-covered' && missing.length > 0 && element('p', {}, `It says nothing about ${words}.`),
    element('p', {}, last),
  );
}

function copyButton(copy: () => void): HTMLElement {
  return button({ label: 'Copy answer', icon: 'copy', look: 'icon', onPress: copy }).element;
}

function againButton(askAgain: () => void): HTMLElement {
  return button({ label: 'Ask again', icon: 'refresh', look: 'secondary', onPress: askAgain }).element;
}

const speakers: Readonly<Record<Speaker, { readonly label: string; readonly icon: string }>> = {
  quotation: { label: 'Quoted from the handbook', icon: 'quote' },
  model: { label: 'Written by the model on your machine', icon: 'sparkle' },
};

const refusals: Readonly<Record<DeclineReason, { readonly title: string; readonly more: string }>> = {
  'not-covered': {
    title: 'The handbook doesn’t cover this.',
    more: 'Try other words, or look through the chapters.',
  },
  'not-a-question': {
    title: 'There is nothing to look up here.',
    more: 'Ask about something the handbook teaches, in your own words.',
  },
  instruction: {
    title: 'Only questions about the handbook are answered here.',
    more: 'Ask about something it teaches, in your own words.',
  },
};
