// The page "Dashboard": how study goes. It keeps nothing: the extension sends all of it whenever something changes.

import type { FromDashboard, ToDashboard } from '../../src/protocol/dashboard.ts';
import { oncePainted } from '../dom.ts';
import { connect } from '../host.ts';
import { createDashboardView } from './dashboardView.ts';

const host = connect<ToDashboard, FromDashboard, undefined>();
const root = document.getElementById('root');
if (!root) throw new Error('The page has no root');
const view = createDashboardView(root, host.post);
let drawn = false;
const show = (message: ToDashboard): void => {
  view.show(message.dashboard);
  if (drawn) return;
  drawn = true;
  oncePainted(() => {
    host.post({ type: 'drawn' });
  });
};
const first = host.first();
if (first) show(first);
host.listen(show);
host.post({ type: 'ready' });
