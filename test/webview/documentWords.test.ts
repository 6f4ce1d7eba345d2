// The words of saved documents, which notes are placed by: the same on every page that shows them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cutPassages } from '../../src/core/library/cutPassages.ts';
import { findPlace, quoteAt } from '../../src/core/study/findPlace.ts';
import type { Quote } from '../../src/core/study/studyEvent.ts';
import { htmlText } from '../../src/library/extract/htmlText.ts';
import { bodyOf as elementOf, safeArticle } from '../../src/library/extract/safeArticle.ts';
import { bodyOf } from '../../src/vscode/document/documentContent.ts';
import { wordsOf } from '../../src/vscode/library/notedDocuments.ts';
import { page } from './documentSample.ts';
import { startPages, type Pages } from './harness.ts';
import { drawn, fixture, shownPdf, textOf, withPdf } from './pdfSample.ts';

import { noteAt, painted, press, prose, quoteFrom, select, stored, withText } from './documentNoting.ts';

let pages: Pages;
before(async () => {
  pages = await startPages('');
});
after(() => pages.close());

/** What pages are made of, also where they are made badly. */
const odd: Readonly<Record<string, string>> = {
  table: `<h2>Sizes</h2><table><caption>Table 1: <b>Blocks</b></caption><thead><tr><th></th><th>Size</th></tr></thead>
    <tbody><tr><td>One</td><td></td><td>16 &amp; more</td></tr></tbody><tfoot><tr><td>All</td><td>32</td></tr></tfoot></table>`,
  'a table within a cell': `<table><tr><td><p>Outer</p><table><tr><td>in</td><td>ner</td></tr></table></td><td>b</td></tr></table>`,
  'text where a table has none': `<table>Before <tr><td>a</td> between <td>b</td></tr><p>within</p></table><p>After</p>`,
  'cells without a table': `<div><td>a</td><td>b</td><tr><td>c</td></tr></div><caption>alone</caption>`,
  lists: `<ul><li>One<ul><li>deep <i>er</i></li></ul></li><li><p>two</p><p>three</p></li>four</ul><dl><dt>T</dt><dd>D<p>e</p></dd></dl>`,
  listings: `<pre>\n\n  first\r\n    second\n</pre><pre><code>\nx = 1\n</code></pre><p>a<br>b<br/><code>c  d</code></p>`,
  characters: `<p>a&nbsp;b &lt;tag&gt; &quot;q&quot; it&#39;s \u{1D465}² 日本 e\u0301</p><p>&#13;\u0085 end\u2028of</p>`,
  'blocks in blocks': `<p>a<div>b<p>c</p>d</div>e</p><blockquote>q<p>r</p></blockquote><h3>h<p>i</p></h3><figure><figcaption>f <em>g</em></figcaption></figure>`,
};

test('the words of a page are the same on the page as where notes are placed, whatever it is made of', async () => {
  const opened = await pages.open('document');
  let made = 0;
  for (const [name, html] of Object.entries(odd)) {
    for (const text of [
      htmlText(
        `<!doctype html><title>T</title><article><p>${prose}</p>${html}<p>${prose}</p></article>`,
        'https://a.org',
      ),
      // As a simpler parser leaves it.
      (({ html: safe, blocks }) => ({ outline: [], html: safe, passages: cutPassages(blocks).passages }))(
        safeArticle(elementOf(html), 'https://a.org'),
      ),
    ]) {
      const kept = stored(text, 'html');
      const words = wordsOf(kept);
      await opened.send({ type: 'show', document: { ...page, body: bodyOf(kept) } });
      await select(opened, `document.querySelector('.prose')`);
      await opened.page.keyboard.press('Alt+c');
      const { quote } = await opened.next('makeCard', made++);
      assert.equal((quote as Quote).quote, words.text.trim(), name);
      // And where the last passage starts.
      const last = kept.passages.at(-1)?.anchor ?? '';
      await select(opened, `document.getElementById('${last}')`);
      await opened.page.keyboard.press('Alt+c');
      const second = (await opened.next('makeCard', made++))['quote'] as Quote;
      const start = words.passages.at(-1)?.start ?? -1;
      assert.equal(words.text.indexOf(second.quote, start), start, name);
      assert.equal(second.anchor, words.passages.at(-1)?.anchor, name);
    }
  }
  assert.deepEqual(opened.faults, []);
  await opened.close();
});

test('the pages of a PDF and its text have the same words: a note on the one is on the other', async () => {
  const paper = await fixture('tex-2.pdf');
  const read = await textOf(paper);
  const kept = stored(read, 'main');
  const words = wordsOf(kept);
  const quotes: Quote[] = [];
  await withText(pages, kept, async (opened) => {
    await select(opened, `document.querySelector('.prose')`);
    assert.equal(quoteFrom(await press(opened, 'Alt+c', 'makeCard')).quote, words.text);
    await opened.page.evaluate('getSelection().removeAllRanges(); scrollTo(0, 0)');
    for (let sentence = 0; sentence < 12; sentence++) {
      await opened.page.keyboard.press('Alt+ArrowDown');
      quotes.push(quoteFrom(await press(opened, 'Alt+c', 'makeCard')));
    }
  });
  await withPdf(
    pages,
    paper,
    async (opened) => {
      await opened.until(drawn(1));
      for (const quote of quotes) {
        const place = findPlace(words, quote) ?? assert.fail(quote.quote);
        assert.deepEqual(quote, quoteAt(words, place.start, place.end));
        await opened.send({
          type: 'notes',
          chapterId: shownPdf.subject,
          notes: [noteAt('n', place.start, place.end, quote.quote)],
        });
        await opened.until(`CSS.highlights.has('note-highlight')`);
        const letters = (of: string): string => of.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
        assert.equal(letters((await painted(opened, 'note-highlight')).join('')), letters(quote.quote));
      }
    },
    { text: read, height: 1500 },
  );
});
