import type { FromModelPage, ModelPage } from '../../src/protocol/modelPage.ts';
import { progressRing } from '../controls.ts';
import { element } from '../dom.ts';
import { createActions, type Actions } from './actions.ts';
import { memoryBar } from './memoryBar.ts';
import { rowTable } from './rowTable.ts';

type Post = (message: FromModelPage) => void;

export interface ModelView {
  readonly show: (page: ModelPage) => void;
}

/** Paints the page into `root`; what the focus is on stays there while numbers change around it. */
export function createModelView(root: HTMLElement, post: Post): ModelView {
  const title = element('h1');
  const words = element('p', { class: 'state-words' });
  const ring = progressRing();
  const bar = element('div', {
    class: 'loading-bar',
    role: 'progressbar',
    'aria-label': 'Loading',
    'aria-valuemin': 0,
    'aria-valuemax': 100,
  });
  const filled = element('div', { class: 'loading-filled' });
  bar.append(filled);
  const actions = createActions(post);
  const gpuWords = element('p', { class: 'gpu-words' });
  const gpuBusy = element('p', { class: 'gpu-busy', role: 'status' });
  const gpuActions = createActions(post);
  const gpu = section('GPU', gpuWords, gpuBusy, gpuActions.element);
  const places = {
    facts: element('div'),
    choices: element('div'),
    memory: element('div'),
    lastAnswer: element('div'),
    work: element('div'),
  };
  const sections = {
    facts: section('The model', places.facts),
    choices: section('What the engine chose', places.choices),
    memory: section('What it costs in memory', places.memory),
    lastAnswer: section('The last answer', places.lastAnswer),
    work: section('Since it was loaded', places.work),
  };
  // Announced when the state changes, not with every number.
  const state = element('div', { class: 'state', role: 'status' }, ring, words);
  root.append(
    element(
      'main',
      {},
      element('header', {}, title, state, bar, actions.element),
      sections.memory,
      sections.choices,
      sections.lastAnswer,
      sections.work,
      sections.facts,
      gpu,
    ),
  );

  const openPassage = (passageId: string): void => {
    post({ type: 'openPassage', passageId });
  };
  const shown = new Map<string, string>();
  /** Paints `place` anew only if what it shows has changed: a focused link stays focused. */
  const paint = (key: keyof typeof places, data: unknown, isEmpty: boolean, ...make: (() => Node)[]): void => {
    sections[key].hidden = isEmpty;
    const text = JSON.stringify(data);
    if (shown.get(key) === text) return;
    shown.set(key, text);
    const focused = places[key].contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset['passage']
      : undefined;
    places[key].replaceChildren(...make.map((one) => one()));
    if (focused !== undefined) {
      places[key].querySelector<HTMLElement>(`[data-passage="${CSS.escape(focused)}"]`)?.focus();
    }
  };

  return {
    show: (page) => {
      title.textContent = page.title;
      if (words.textContent !== page.state.words) words.textContent = page.state.words;
      state.className = `state ${page.state.type}`;
      ring.hidden = page.state.type !== 'loading';
      bar.hidden = page.state.type !== 'loading';
      const percent = Math.round((page.fraction ?? 0) * 100);
      filled.style.width = `${percent}%`;
      bar.setAttribute('aria-valuenow', String(percent));
      show(actions, page.actions);

      const { facts, choices, memory, lastAnswer, work } = page;
      paint('facts', facts, facts.length === 0, () => rowTable('The model', facts, openPassage));
      paint('choices', choices, choices.length === 0, () => rowTable('What the engine chose', choices, openPassage));
      paint('lastAnswer', lastAnswer, lastAnswer.length === 0, () =>
        rowTable('The last answer', lastAnswer, openPassage),
      );
      paint('work', work, work.length === 0, () => rowTable('Since it was loaded', work, openPassage));
      paint(
        'memory',
        memory,
        !memory,
        ...(memory
          ? [
              () => element('p', { class: 'total' }, memory.total),
              () => memoryBar(memory.parts),
              () => rowTable('What it costs in memory', memory.parts, openPassage),
            ]
          : []),
      );

      gpu.hidden = !page.gpu;
      gpuWords.textContent = page.gpu?.words ?? '';
      const busy = page.gpu?.busy ?? '';
      gpuBusy.hidden = busy === '';
      if (gpuBusy.textContent !== busy) gpuBusy.textContent = busy;
      show(gpuActions, page.gpu?.actions ?? []);
    },
  };
}

function show(actions: Actions, buttons: ModelPage['actions']): void {
  actions.show(buttons);
  actions.element.hidden = buttons.length === 0;
}

function section(heading: string, ...children: readonly Node[]): HTMLElement {
  return element('section', { 'aria-label': heading }, element('h2', {}, heading), ...children);
}
