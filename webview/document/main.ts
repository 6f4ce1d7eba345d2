// The page of a saved document. It keeps only which document it is, and how it is read: the extension sends
// the rest.

import type { FromDocument, KeptDocument, ToDocument } from '../../src/protocol/document.ts';
import { connect } from '../host.ts';
import { createDocumentPage } from './documentPage.ts';

const host = connect<ToDocument, FromDocument, KeptDocument>();
const root = document.getElementById('root');
if (!root) throw new Error('The page has no root');
const page = createDocumentPage(root, host.post);
host.listen((message) => {
  switch (message.type) {
    case 'show':
      host.keep({
        documentId: message.document.documentId,
        reading: { form: message.document.form, pages: false },
      });
      page.show(message.document);
      break;
    case 'goTo':
      page.goTo(message.passage, message.sentence);
      break;
  }
});
host.post({ type: 'ready' });
