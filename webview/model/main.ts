// The page "Model": what is loaded, what was chosen, what it costs, and what can be done about it. It keeps nothing: the
// extension sends all of it whenever something changes.

import type { FromModelPage, ToModelPage } from '../../src/protocol/modelPage.ts';
import { connect } from '../host.ts';
import { createModelView } from './modelView.ts';

const host = connect<ToModelPage, FromModelPage, undefined>();
const root = document.getElementById('root');
if (!root) throw new Error('The page has no root');
const view = createModelView(root, host.post);
host.listen((message) => {
  view.show(message.page);
});
host.post({ type: 'ready' });
