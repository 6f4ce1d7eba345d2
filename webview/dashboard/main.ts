// The page "Dashboard": how study goes. It keeps nothing: the extension sends all of it whenever something changes.

import type { FromDashboard, ToDashboard } from '../../src/protocol/dashboard.ts';
import { connect } from '../host.ts';
import { createDashboardView } from './dashboardView.ts';

const host = connect<ToDashboard, FromDashboard, undefined>();
const root = document.getElementById('root');
if (!root) throw new Error('The page has no root');
const view = createDashboardView(root, host.post);
let drawn = false;
host.listen((message) => {
  view.show(message.dashboard);
  if (drawn) return;
  drawn = true;
  // The second frame begins when the first has been painted.
  requestAnimationFrame(() => {
    requestAnimationFrame(() => {
      host.post({ type: 'drawn' });
    });
  });
});
host.post({ type: 'ready' });
