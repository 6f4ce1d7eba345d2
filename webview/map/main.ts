// The page "Map": the chapters and what they build on. The extension sends all of it whenever something changes.

import type { FromMapPage, ToMapPage } from '../../src/protocol/map.ts';
import { connect } from '../host.ts';
import { createMapPage, type MapState } from './mapPage.ts';

const host = connect<ToMapPage, FromMapPage, MapState>();
const root = document.getElementById('root');
if (!root) throw new Error('The page has no root');
const page = createMapPage(root, host.post, host.state() ?? {}, host.keep);
host.listen((message) => {
  switch (message.type) {
    case 'show':
      page.show(message.map);
      break;
    case 'view':
      page.goTo(message.viewId);
      break;
  }
});
host.post({ type: 'ready' });
