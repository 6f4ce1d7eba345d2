import type { FromReview, KeptSession, ReviewView, SessionProgress, ToReview } from '../../src/protocol/review.ts';
import { button } from '../controls.ts';
import { count, element } from '../dom.ts';
import type { Host } from '../host.ts';
import { createCardView } from './cardView.ts';
import { createFormView, type Draft } from './formView.ts';
import { keyName } from './keys.ts';

/** What the page keeps over its own death. */
export interface KeptState {
  readonly session?: KeptSession;
  /** The card whose answer is open: its id and revision. */
  readonly open?: string;
  readonly draft?: Draft;
}

export type ReviewHost = Host<ToReview, FromReview, KeptState>;

/** Paints the page into `root`. */
export function createReviewView(
  root: HTMLElement,
  host: ReviewHost,
): { readonly receive: (message: ToReview) => void } {
  const keep = (change: Partial<KeptState>): void => {
    host.keep({ ...host.state(), ...change });
  };
  let shown: ReviewView | undefined;
  let progress: SessionProgress | undefined;
  /** A step was sent and not yet answered: nothing else counts until then. */
  let waiting = false;
  const send = (message: FromReview): void => {
    if (waiting) return;
    waiting = true;
    host.post(message);
  };

  const bar = element('div', { class: 'bar-done' });
  const words = element('p', { class: 'progress-words' });
  const track = element(
    'div',
    { class: 'bar', role: 'progressbar', 'aria-label': 'This session', 'aria-valuemin': 0 },
    bar,
  );
  const notice = element('p', { class: 'notice', role: 'status' });
  const problem = element('p', { class: 'problem', role: 'alert' });
  problem.hidden = true;
  const stage = element('div', { class: 'stage' });
  const undo = button({
    label: 'Take back',
    icon: 'discard',
    look: 'secondary',
    onPress: () => {
      takeBack();
    },
  });
  undo.element.title = 'Take back the last step (u)';
  undo.element.setAttribute('aria-keyshortcuts', 'u');

  const card = createCardView({
    send,
    post: host.post,
    isOpen: (key) => host.state()?.open === key,
    setOpen: (key) => {
      keep({ open: key ?? '' });
    },
  });
  const form = createFormView({
    send,
    draft: () => host.state()?.draft,
    keepDraft: (draft) => {
      keep({ draft });
    },
  });
  const end = element('section', { class: 'end', 'aria-label': 'The end of the session' });

  const tools = element('div', { class: 'tools' }, undo.element, card.tools);
  root.append(element('main', {}, element('header', {}, words, track), notice, problem, stage, tools));

  const takeBack = (): void => {
    if (progress?.canUndo !== true || shown?.type === 'form') return;
    keep({ open: '' });
    send({ type: 'undo' });
  };

  const paintEnd = (view: Extract<ReviewView, { type: 'end' }>): void => {
    const text = JSON.stringify(view);
    if (end.dataset['shown'] === text && end.isConnected) return;
    end.dataset['shown'] = text;
    const heading = element('h1', { tabindex: -1 }, view.heading);
    end.replaceChildren(
      heading,
      ...view.lines.map((line) => element('p', {}, line)),
      element(
        'div',
        { class: 'actions' },
        button({
          label: 'Write a card',
          look: view.hasCards ? 'secondary' : 'primary',
          onPress: () => {
            host.post({ type: 'newCard' });
          },
        }).element,
        view.hasCards &&
          button({
            label: 'All cards',
            look: 'secondary',
            onPress: () => {
              host.post({ type: 'browse' });
            },
          }).element,
      ),
    );
    stage.replaceChildren(end);
    heading.focus();
  };

  const paintProgress = ({ done, left, words: parts, canUndo }: SessionProgress, isForm: boolean): void => {
    words.textContent = [count(done, 'card', 'cards') + ' done', ...(parts === '' ? [] : [parts])].join(' · ');
    track.setAttribute('aria-valuemax', String(Math.max(1, done + left)));
    track.setAttribute('aria-valuenow', String(done));
    track.setAttribute('aria-valuetext', `${done} done, ${left} left`);
    bar.style.width = `${(100 * done) / Math.max(1, done + left)}%`;
    undo.element.hidden = !canUndo || isForm;
    words.hidden = track.hidden = isForm;
  };

  document.addEventListener('keydown', (event) => {
    const key = keyName(event);
    if (key === undefined || waiting || shown?.type === 'form') return;
    if (key === 'u') takeBack();
    else if (shown?.type !== 'card' || !card.press(key)) return;
    event.preventDefault();
  });

  return {
    receive: (message) => {
      waiting = false;
      if (message.type === 'problem') {
        problem.textContent = message.words;
        problem.hidden = false;
        return;
      }
      problem.hidden = true;
      // The same words again are said again.
      notice.textContent = '';
      notice.textContent = message.notice ?? '';
      keep({ session: message.session });
      shown = message.view;
      progress = message.progress;
      paintProgress(message.progress, shown.type === 'form');
      card.tools.hidden = shown.type !== 'card';
      switch (shown.type) {
        case 'card':
          card.show(shown.card, stage);
          break;
        case 'form':
          form.show(shown.form, stage);
          break;
        case 'end':
          paintEnd(shown);
      }
    },
  };
}
