import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attachedFiles, localPaths } from '../../../../src/core/library/bibliography/attachedFiles.ts';

test('the files beside an entry, as each program notes them', () => {
  // Zotero, Better BibTeX, JabRef, Mendeley, by hand.
  assert.deepEqual(
    attachedFiles('Full Text PDF:files/12/Dao - 2022.pdf:application/pdf;Snapshot:files/13/page.html:text/html'),
    ['files/12/Dao - 2022.pdf', 'files/13/page.html'],
  );
  assert.deepEqual(attachedFiles('PDF:C\\:\\\\Users\\\\ann\\\\a\\;b.pdf:application/pdf'), ['C:\\Users\\ann\\a;b.pdf']);
  assert.deepEqual(attachedFiles(':papers/dao.pdf:PDF'), ['papers/dao.pdf']);
  assert.deepEqual(attachedFiles(':C$\\backslash$:/x.pdf:pdf;:/home/ann/x\\_y.pdf:pdf').at(-1), '/home/ann/x_y.pdf');
  assert.deepEqual(attachedFiles('papers/dao.pdf'), ['papers/dao.pdf']);
  assert.deepEqual(attachedFiles(''), []);
  assert.deepEqual(attachedFiles(';;::'), []);
});

test('an address of a file of this machine is a path; another machine’s isn’t looked at', () => {
  assert.deepEqual(localPaths(['file:///home/ann/a%20b.pdf', 'file:///C:/a.pdf', 'C:/b.pdf']), [
    '/home/ann/a b.pdf',
    'C:/a.pdf',
    'C:/b.pdf',
  ]);
  assert.deepEqual(
    localPaths(['file://server/a.pdf', '\\\\server\\share\\a.pdf', '//server/a.pdf', 'https://example.org/a.pdf', '']),
    [],
  );
});
