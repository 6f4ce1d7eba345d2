import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isZoom, pdfPlaceOf, positionOfPdf } from '../../../src/core/library/pdfPlace.ts';

test('a place in a PDF is kept like a place in a text, and comes back', () => {
  for (const zoom of ['auto', 'page-width', 'page-fit', '1.25', '0.4']) {
    const place = { page: 12, fraction: 0.375, zoom };
    assert.deepEqual(pdfPlaceOf(positionOfPdf(place)), place);
  }
});

test('a place in a text is none in a PDF, and nor is nonsense', () => {
  for (const anchor of ['p12', 'b3', '', 'page-', 'page-3', 'page-x:auto', 'page-3:huge', 'page-3:0.01', 'page-3:99']) {
    assert.equal(pdfPlaceOf({ anchor, fraction: 0 }), undefined, anchor);
  }
  assert.ok(!isZoom('1e9') && !isZoom('-1') && !isZoom('NaN') && !isZoom(''));
});
