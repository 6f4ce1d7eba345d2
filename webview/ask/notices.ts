// What stands beside an answer: why there is none, why it ended early, who wrote it.

import type { About, AnswerMode, DeclineReason, Scope, Seen, Source, Speaker } from '../../src/protocol/ask.ts';
import { button } from '../controls.ts';
import { element, icon } from '../dom.ts';
import { modes } from './modes.ts';
import { quotedFrom, scopeLabel, scopeWords } from './scopes.ts';

/** What was asked, in which way, about what, and where it was looked up. */
export interface AskedQuestion {
  readonly question: string;
  readonly about?: About | undefined;
  readonly mode?: AnswerMode | undefined;
  readonly scope?: Scope | undefined;
}

/** A question as it was asked. */
export function questionBubble({ question, about, mode = 'answer', scope }: AskedQuestion): HTMLElement {
  return element(
    'div',
    { class: 'question' },
    mode !== 'answer' && element('p', { class: 'about mode' }, icon('list-selection'), modes[mode].label),
    about &&
      element(
        'p',
        { class: 'about' },
        icon(about.text ? 'quote' : 'book'),
        element('span', {}, about.text ? `“${about.text}”` : `About ${about.chapterTitle}`),
      ),
    element('p', {}, question),
    scope &&
      element('p', { class: 'about scope' }, icon(scopeWords[scope.kind].icon), element('span', {}, scopeLabel(scope))),
  );
}

/** Who is speaking. */
export function speakerWords(speaker: Speaker, seen: Seen | undefined, sources: readonly Source[]): Node[] {
  if (speaker === 'plan') return [icon('milestone'), new Text('Worked out from what the chapters need')];
  if (speaker === 'quotation') return [icon('quote'), new Text(quotedFrom(sources))];
  return [icon('sparkle'), new Text(`Written by ${seen?.model ?? 'the model'} on your machine`)];
}

export function refusal(
  { reason, missing }: { readonly reason: DeclineReason; readonly missing: readonly string[] },
  near: boolean,
  scope: Scope | undefined,
): HTMLElement {
  const { more } = refusals[reason];
  const title = reason === 'not-covered' ? scopeWords[scope?.kind ?? 'handbook'].notCovered : refusals[reason].title;
  const last = reason === 'not-covered' && near ? 'These passages come nearest; they may not answer it.' : more;
  const words = missing.map((word) => `“${word}”`).join(', ');
  return element(
    'div',
    { class: 'refusal' },
    element('p', { class: 'refusal-title' }, icon('circle-slash'), title),
    reason === 'not-covered' && missing.length > 0 && element('p', {}, `There is nothing about ${words}.`),
    element('p', {}, last),
  );
}

/** Why the handbook is quoted although there is a model. */
export function fallbackNotice(message: string, chooseModel: () => void, showLog: () => void): HTMLElement {
  return element(
    'div',
    { class: 'fallback' },
    element('p', { class: 'fallback-title' }, icon('warning'), 'The model couldn’t answer'),
    element('p', {}, message),
    element(
      'p',
      { class: 'fallback-actions' },
      button({ label: 'Choose a model', look: 'secondary', onPress: chooseModel }).element,
      button({ label: 'Show log', look: 'secondary', onPress: showLog }).element,
    ),
  );
}

export function partly(scope: Scope | undefined): HTMLElement {
  return element('p', { class: 'partly' }, icon('info'), scopeWords[scope?.kind ?? 'handbook'].partly);
}

/** A line under an answer, by what it is about. */
export function endLine(kind: 'stopped' | 'problem' | 'remark', words: string): HTMLElement {
  const icons = { stopped: 'debug-stop', problem: 'error', remark: 'info' } as const;
  return element('p', { class: kind }, icon(icons[kind]), element('span', {}, words));
}

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
    title: 'Only questions are answered here.',
    more: 'Ask about something the handbook teaches or you have saved, in your own words.',
  },
  'empty-library': {
    title: 'There is nothing in your library to be read yet.',
    more: 'Save a paper or a page, add a file of your own, or look in the handbook.',
  },
};
