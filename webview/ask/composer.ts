// The question box: what is asked, what it is about, in which way, and the button that sends it or stops the answer.

import type { About, AnswerMode, ModelLine, Scope, ScopeKind, ScopeOffer } from '../../src/protocol/ask.ts';
import { button, dropdown, textBox } from '../controls.ts';
import { element, icon } from '../dom.ts';
import { modelLineView, type ModelLineActions } from './modelLine.ts';
import { modeNames, modes } from './modes.ts';
import { scopeChoice, scopeWords } from './scopes.ts';

export interface ComposerActions extends ModelLineActions {
  /** `scope` is left out of what is about a chapter. */
  readonly ask: (text: string, how: AskedHow) => void;
  readonly chooseScope: (kind: ScopeKind) => void;
  /** The chosen mode works on a chapter, and there is none. */
  readonly pickChapter: (text: string) => void;
  readonly stop: () => void;
  /** Whatever is in the box has changed. */
  readonly changed: (draft: string, about: About | undefined, mode: AnswerMode) => void;
}

/** How a question is asked. */
export interface AskedHow {
  readonly about: About | undefined;
  readonly mode: AnswerMode;
  readonly scope: Scope | undefined;
}

export interface Composer {
  readonly element: HTMLElement;
  readonly fill: (text: string, about: About | undefined) => void;
  readonly submit: () => void;
  /** While an answer is under way the button stops it, and nothing can be sent. */
  readonly setBusy: (busy: boolean) => void;
  readonly setModel: (model: ModelLine) => void;
  readonly setMode: (mode: AnswerMode) => void;
  readonly offerScopes: (offer: ScopeOffer) => void;
  /** Where the next question is looked up; undefined of what is about a chapter. */
  readonly scope: () => Scope | undefined;
  readonly focus: () => void;
}

const ofOneChapter = 'What is about a chapter is looked up in the handbook.';
const needsModel = 'Needs a model on your machine: choose one below.';

/** Builds the question box. */
export function composer(actions: ComposerActions): Composer {
  let about: About | undefined;
  let mode: AnswerMode = 'answer';
  let busy = false;
  const chip = element('div', { class: 'about-chip' });
  const box = textBox('Your question', modes.answer.placeholder, () => {
    update();
  });
  const send = button({
    label: 'Send',
    icon: 'send',
    look: 'primary',
    onPress: () => {
      if (busy) actions.stop();
      else submit();
    },
  });
  send.element.title = 'Enter sends, Shift+Enter starts a new line, Escape stops an answer';
  const choice = dropdown(
    'How to answer',
    modeNames.map((value) => ({ value, label: modes[value].label })),
    mode,
    (next) => {
      setMode(next);
      update();
      box.focus();
    },
    'above',
  );
  const scopes = scopeChoice((kind) => {
    update();
    showScope();
    actions.chooseScope(kind);
    box.focus();
  });
  const model = modelLineView(actions);

  const sendable = (): boolean => box.text().trim() !== '' || modes[mode].ofChapter !== undefined;
  const update = (): void => {
    send.setEnabled(busy || sendable());
    actions.changed(box.text(), about, mode);
  };
  const setMode = (next: AnswerMode): void => {
    mode = next;
    choice.set(next);
    showScope();
    send.setEnabled(busy || sendable());
  };
  const scope = (): Scope | undefined => (modes[mode].ofChapter === undefined && !about ? scopes.current() : undefined);
  const showScope = (): void => {
    const { placeholder } = modes[mode];
    const chosen = scope();
    scopes.setUsable(chosen !== undefined, ofOneChapter);
    box.setPlaceholder(mode === 'answer' && chosen ? scopeWords[chosen.kind].placeholder : placeholder);
  };
  const setAbout = (next: About | undefined): void => {
    about = next;
    chip.hidden = !next;
    chip.replaceChildren(...(next ? chipParts(next, removeAbout) : []));
    showScope();
  };
  const removeAbout = (): void => {
    setAbout(undefined);
    update();
    box.focus();
  };
  const submit = (): void => {
    const typed = box.text().trim();
    const { ofChapter } = modes[mode];
    const text = typed || (ofChapter ?? '');
    if (busy || text === '') return;
    if (ofChapter !== undefined && !about) {
      actions.pickChapter(typed);
      return;
    }
    const asked = { about, mode, scope: scope() };
    box.setText('');
    // The reply to a question of the quiz is about the same chapter.
    if (mode !== 'quiz') setAbout(undefined);
    update();
    actions.ask(text, asked);
  };

  box.element.addEventListener('keydown', (event) => {
    if (event.isComposing || event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    submit();
  });
  setAbout(undefined);
  send.setEnabled(false);

  return {
    element: element(
      'div',
      { class: 'composer', role: 'group', 'aria-label': 'Ask a question' },
      chip,
      box.element,
      element('div', { class: 'composer-choices' }, choice.element, scopes.element),
      element('div', { class: 'composer-foot' }, model.element, send.element),
    ),
    fill: (text, next) => {
      box.setText(text);
      setAbout(next);
      update();
    },
    submit,
    setBusy: (next) => {
      busy = next;
      send.setLabel(busy ? 'Stop' : 'Send', busy ? 'debug-stop' : 'send');
      send.setEnabled(busy || sendable());
    },
    setModel: (next) => {
      model.set(next);
      const without = next.state === 'none';
      for (const value of modeNames) {
        choice.setEnabled(value, value === 'answer' || !without, needsModel);
      }
      choice.element.title = without ? `Other ways to answer: ${needsModel}` : 'How to answer';
      if (!without || mode === 'answer') return;
      setMode('answer');
      update();
    },
    setMode,
    offerScopes: (offer) => {
      scopes.offer(offer);
      showScope();
    },
    scope,
    focus: box.focus,
  };
}

function chipParts(about: About, remove: () => void): Node[] {
  const words = about.text ? `“${about.text}”` : about.chapterTitle;
  const off = button({
    label: 'Remove',
    description: `Don’t ask about ${about.text ? 'these words' : 'this chapter'}`,
    icon: 'close',
    look: 'icon',
    onPress: remove,
  });
  return [
    icon(about.text ? 'quote' : 'book'),
    element(
      'span',
      { class: 'about-words', title: about.text || undefined },
      element('span', { class: 'visually-hidden' }, 'About '),
      words,
      about.text && element('span', { class: 'about-chapter' }, ` ${about.chapterTitle}`),
    ),
    off.element,
  ];
}
