// The quiz page: one question at a time. The extension holds the quiz; this side paints it, and keeps enough of it to bring
// it back after a reload of the window.

import type { FromQuiz, QuizState, ToQuiz } from '../../src/protocol/quiz.ts';
import { connect } from '../host.ts';
import { createQuizView } from './quizView.ts';

const host = connect<ToQuiz, FromQuiz, QuizState>();
const root = document.getElementById('root');
if (!root) throw new Error('The page has no root');
let state = host.state();

const view = createQuizView(root, {
  post: host.post,
  draft: (subject) => (state?.draft?.subject === subject ? state.draft.text : ''),
  keepDraft: (subject, text) => {
    state = { session: state?.session, draft: { subject, text } };
    host.keep(state);
  },
});
host.listen((message) => {
  if (message.type === 'opinion') {
    view.opinion(message.subject, message.opinion);
    return;
  }
  state = { ...state, session: message.page.session };
  host.keep(state);
  view.show(message.page);
});
host.post({ type: 'ready' });
