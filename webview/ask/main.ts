// The Ask page: listens to the extension and to the learner, and keeps the two in step.

import type {
  About,
  AskState,
  Conversation,
  ConversationSummary,
  FromAsk,
  RunningTurn,
  ToAsk,
  Turn,
} from '../../src/protocol/ask.ts';
import { button } from '../controls.ts';
import { element, icon } from '../dom.ts';
import { connect } from '../host.ts';
import { composer } from './composer.ts';
import { conversationLog } from './conversationLog.ts';
import { keptList } from './keptList.ts';
import { keptTurn, turnView, type TurnActions } from './turnView.ts';

const host = connect<ToAsk, FromAsk, AskState>();
let current: Conversation | undefined;
/** The turn that is being answered. */
let running: string | undefined;
let keptOpen = false;

const log = conversationLog();
const said = element('p', { class: 'visually-hidden', role: 'status' });
const keptPanel = element('section', { id: 'keptPanel', class: 'kept-panel', 'aria-label': 'Kept conversations' });
const title = element('h1', { class: 'conversation-title' });
const keptButton = button({
  label: 'Conversations',
  icon: 'history',
  look: 'icon',
  onPress: () => {
    toggleKept(!keptOpen);
  },
});
const newButton = button({
  label: 'New conversation',
  icon: 'add',
  look: 'icon',
  onPress: () => {
    toggleKept(false);
    host.post({ type: 'newConversation' });
    box.focus();
  },
});
const box = composer({
  ask,
  stop,
  changed: (draft, about) => {
    host.keep({ draft, ...(about && { about }) });
  },
});
document
  .getElementById('root')
  ?.append(
    element('header', { class: 'bar' }, title, newButton.element, keptButton.element),
    keptPanel,
    element('main', {}, log.element),
    box.element,
    said,
  );
toggleKept(false);

host.listen((message) => {
  switch (message.type) {
    case 'conversation':
      show(message.conversation, message.suggestions, message.running);
      showKept(message.kept);
      return;
    case 'fill':
      box.fill(message.text, message.about);
      if (message.submit) box.submit();
      box.focus();
      return;
    case 'answer':
      log.following(() => {
        log.turn(message.turnId)?.apply(message.event);
      });
      return;
    case 'ended':
      log.following(() => {
        log.turn(message.turnId)?.end(message.ended, message.problem);
      });
      if (message.turnId === running) setRunning(undefined);
      showKept(message.kept);
      return;
  }
});

function show(conversation: Conversation, suggestions: readonly string[], under: RunningTurn | undefined): void {
  current = conversation;
  setTitle(conversation.title);
  const turns = conversation.turns.map((turn: Turn) => keptTurn(turn, actionsOf(turn.id, turn.question, turn.about)));
  if (under) {
    const view = turnView(
      under.turnId,
      under.question,
      under.about,
      actionsOf(under.turnId, under.question, under.about),
    );
    for (const event of under.events) view.apply(event);
    turns.push(view);
  }
  log.replace(turns, start(suggestions));
  setRunning(under?.turnId);
}

function setTitle(words: string): void {
  title.textContent = words || 'New conversation';
  title.title = words;
}

function ask(text: string, about: About | undefined): void {
  const turnId = newId();
  log.add(turnView(turnId, text, about, actionsOf(turnId, text, about)));
  // The first question names the conversation.
  if (!title.title) setTitle(text);
  setRunning(turnId);
  toggleKept(false);
  host.post({ type: 'ask', turnId, text, ...(about && { about }) });
}

function stop(): void {
  if (running === undefined) return;
  log.turn(running)?.stopping();
  host.post({ type: 'stop', turnId: running });
}

function setRunning(turnId: string | undefined): void {
  running = turnId;
  box.setBusy(turnId !== undefined);
}

function actionsOf(turnId: string, question: string, about: About | undefined): TurnActions {
  return {
    openPassage: (passageId, sentence) => {
      host.post({ type: 'openPassage', passageId, ...(sentence !== undefined && { sentence }) });
    },
    copy: () => {
      host.post({ type: 'copyAnswer', turnId });
      say('Answer copied.');
    },
    askAgain: () => {
      if (running === undefined) ask(question, about);
      box.focus();
    },
  };
}

/** What an empty conversation shows. */
function start(suggestions: readonly string[]): HTMLElement {
  return element(
    'section',
    { class: 'start' },
    element(
      'p',
      {},
      'Ask anything about the handbook: the answer comes from its chapters, and each sentence links to its source.',
    ),
    suggestions.length > 0 && element('h2', { class: 'label' }, 'For example'),
    ...suggestions.map((suggestion) =>
      element(
        'button',
        {
          type: 'button',
          class: 'suggestion',
          onclick: () => {
            ask(suggestion, undefined);
            box.focus();
          },
        },
        icon('comment'),
        element('span', {}, suggestion),
      ),
    ),
  );
}

function showKept(kept: readonly ConversationSummary[]): void {
  const hadFocus = keptPanel.contains(document.activeElement);
  keptPanel.replaceChildren(
    keptList(kept, current?.id, {
      open: (conversationId) => {
        toggleKept(false);
        host.post({ type: 'showConversation', conversationId });
        box.focus();
      },
      remove: (conversationId) => {
        host.post({ type: 'removeConversation', conversationId });
      },
    }),
  );
  if (hadFocus) keptPanel.querySelector<HTMLElement>('button')?.focus();
}

function toggleKept(open: boolean): void {
  keptOpen = open;
  keptPanel.hidden = !open;
  keptButton.element.setAttribute('aria-expanded', String(open));
  if (open) keptPanel.querySelector<HTMLElement>('button')?.focus();
}

keptPanel.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  toggleKept(false);
  keptButton.element.focus();
});
// Coming into the view by keyboard lands in the question box.
window.addEventListener('focus', () => {
  if (document.activeElement === document.body) box.focus();
});

function say(words: string): void {
  said.textContent = words;
}

/** Not `crypto.randomUUID`: code-server over plain http lacks it. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const kept = host.state();
if (kept) box.fill(kept.draft, kept.about);
host.post({ type: 'ready' });
