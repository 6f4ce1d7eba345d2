// The Ask page: listens to the extension and to the learner, and keeps the two in step.

import type { Again, AskState, Conversation, FromAsk, ModelLine, ToAsk } from '../../src/protocol/ask.ts';
import { button } from '../controls.ts';
import { element } from '../dom.ts';
import { connect } from '../host.ts';
import { announcer } from './announcer.ts';
import { composer, type AskedHow } from './composer.ts';
import { conversationLog } from './conversationLog.ts';
import { keptPanel } from './keptPanel.ts';
import { startScreen } from './start.ts';
import { turnView, type TurnActions, type TurnStart, type TurnView } from './turnView.ts';

const host = connect<ToAsk, FromAsk, AskState>();
const root = document.getElementById('root');
if (!root) throw new Error('The page has no root');
let current: Conversation | undefined;
/** The turn that is being answered. */
let running: string | undefined;
let modelProblem: string | undefined;

const log = conversationLog();
const said = announcer();
const kept = keptPanel({
  open: (conversationId) => {
    host.post({ type: 'showConversation', conversationId });
    box.focus();
  },
  remove: (conversationId) => {
    host.post({ type: 'removeConversation', conversationId });
  },
});
const title = element('h1', { class: 'conversation-title' });
const newButton = button({
  label: 'New conversation',
  icon: 'add',
  look: 'icon',
  onPress: () => {
    kept.close();
    host.post({ type: 'newConversation' });
    box.focus();
  },
});
const modelActions = {
  chooseModel: () => {
    host.post({ type: 'chooseModel' });
  },
  showModel: () => {
    host.post({ type: 'showModel' });
  },
};
const box = composer({
  ...modelActions,
  ask,
  stop,
  chooseScope: (kind) => {
    host.post({ type: 'scope', kind });
  },
  pickChapter: (text) => {
    host.post({ type: 'pickChapter', text });
  },
  changed: (draft, about, mode) => {
    host.keep({ draft, ...(about && { about }), ...(mode !== 'answer' && { mode }) });
  },
});
root.append(
  element('header', { class: 'bar' }, title, newButton.element, kept.button),
  kept.element,
  element('main', {}, log.element),
  box.element,
  said.element,
);

host.listen((message) => {
  switch (message.type) {
    case 'conversation':
      showModel(message.model);
      box.offerScopes(message.scopes);
      show(message);
      kept.show(message.kept, current?.id);
      return;
    case 'fill':
      box.fill(message.text, message.about);
      if (message.submit) box.submit();
      box.focus();
      return;
    case 'model':
      showModel(message.model);
      return;
    case 'scopes':
      box.offerScopes(message.scopes);
      return;
    case 'answer':
      log.following(() => {
        log.turn(message.turnId)?.apply(message.event);
      });
      return;
    case 'ended':
      log.following(() => {
        end(message);
      });
      if (message.turnId === running) setRunning(undefined);
      kept.show(message.kept, current?.id);
      return;
  }
});

function show({ conversation, suggestions, running: under, asked }: Extract<ToAsk, { type: 'conversation' }>): void {
  // Asked while this was being sent: the extension answers it, in this conversation.
  const early = running !== undefined && running !== asked ? log.turn(running) : undefined;
  current = conversation;
  setTitle(conversation.title || (under?.turn.question ?? (early ? title.title : '')));
  const turns = conversation.turns.map((turn) => {
    const view = viewOf(turn);
    view.paint(turn);
    view.end(turn.ended);
    return view;
  });
  if (under) {
    const view = viewOf(under.turn);
    view.paint(under.turn, under.progress);
    const place = turns.findIndex(({ id }) => id === view.id);
    turns.splice(place === -1 ? turns.length : place, 1, view);
  }
  if (early) turns.push(early);
  log.replace(
    turns,
    startScreen(suggestions, (question) => {
      // An example is a question of the handbook's.
      ask(question, { about: undefined, mode: 'answer', scope: { kind: 'handbook' } });
      box.focus();
    }),
  );
  setRunning(early?.id ?? under?.turn.id);
}

function end({ turnId, ended, problem, earlier }: Extract<ToAsk, { type: 'ended' }>): void {
  const view = log.turn(turnId);
  if (!view) return;
  if (!earlier) {
    view.end(ended, problem);
  } else {
    const restored = viewOf(earlier);
    restored.paint(earlier);
    restored.end(earlier.ended, problem);
    log.put(restored);
  }
  said.say(problem ?? endings[ended]);
}

const endings = { finished: 'The answer is complete.', stopped: 'Stopped.', failed: 'The answer failed.' } as const;

function setTitle(words: string): void {
  title.textContent = words || 'New conversation';
  title.title = words;
}

function showModel(model: ModelLine): void {
  box.setModel(model);
  root?.classList.toggle('no-model', model.state === 'none');
  if (model.problem !== undefined && model.problem !== modelProblem) said.say(model.problem);
  modelProblem = model.problem;
}

function ask(text: string, { about, mode, scope }: AskedHow): void {
  const id = newId();
  const more = { ...(about && { about }), ...(mode !== 'answer' && { mode }), ...(scope && { scope }) };
  log.put(viewOf({ id, question: text, ...more }));
  // The first question names the conversation.
  if (!title.title) setTitle(text);
  send({ type: 'ask', turnId: id, text, ...more });
}

/** Answers a turn again, in its place. */
function askAgain({ id, question, about, mode, scope }: TurnStart, again: Again): void {
  if (running !== undefined) return;
  if (again === 'continue') log.turn(id)?.reopen();
  else log.put(viewOf({ id, question, about, mode, scope }));
  const more = { ...(about && { about }), ...(mode && { mode }), ...(scope && { scope }) };
  send({ type: 'ask', turnId: id, text: question, ...more, again });
  box.focus();
}

function send(message: Extract<FromAsk, { type: 'ask' }>): void {
  setRunning(message.turnId);
  kept.close();
  host.post(message);
}

function stop(): void {
  if (running === undefined) return;
  log.turn(running)?.stopping();
  host.post({ type: 'stop', turnId: running });
}

function setRunning(turnId: string | undefined): void {
  running = turnId;
  box.setBusy(turnId !== undefined);
  root?.classList.toggle('busy', turnId !== undefined);
}

function viewOf(start: TurnStart): TurnView {
  return turnView(start, actionsOf(start));
}

function actionsOf(start: TurnStart): TurnActions {
  return {
    ...modelActions,
    openPassage: (passageId, sentence) => {
      host.post({ type: 'openPassage', passageId, ...(sentence !== undefined && { sentence }) });
    },
    copy: () => {
      host.post({ type: 'copyAnswer', turnId: start.id });
      said.say('Answer copied.');
    },
    copyCode: (text) => {
      host.post({ type: 'copyText', text });
      said.say('Code copied.');
    },
    regenerate: () => {
      askAgain(start, 'regenerate');
    },
    resume: () => {
      askAgain(start, 'continue');
    },
    openQuiz: (chapterId) => {
      host.post({ type: 'openQuiz', chapterId });
    },
    showLog: () => {
      host.post({ type: 'showLog' });
    },
    announce: said.say,
  };
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) stop();
});
// Coming into the view by keyboard lands in the question box.
window.addEventListener('focus', () => {
  if (document.activeElement === document.body) box.focus();
});

/** Not `crypto.randomUUID`: code-server over plain http lacks it. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const draft = host.state();
if (draft) {
  box.setMode(draft.mode ?? 'answer');
  box.fill(draft.draft, draft.about);
}
host.post({ type: 'ready' });
