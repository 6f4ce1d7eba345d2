import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium as playwright } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { chromium, CHROMIUM_ARGUMENTS } from '../../../scripts/host/chromium.mjs';
import { htmlText } from '../../../src/library/extract/htmlText.ts';
import { markdownText } from '../../../src/library/extract/markdownText.ts';
import { readFileOf } from './readFile.ts';

const address = 'https://example.org/posts/cache';

const sentences = (about: string): string =>
  `The ${about} keeps what was computed before, so that it need not be computed again. It grows with the length of the text. ` +
  `Whoever serves many readers at once must share the ${about} between them, and most of the work goes into that sharing.`;

const article = `<!doctype html><html><head><title>How caches work | A blog</title></head><body>
<nav><a href="/">Home</a> <a href="/about">About</a> Subscribe to our newsletter today</nav>
<article><h1>How caches work</h1><p>${sentences('cache')}</p>
<h2 id="paging">Paging</h2><p>${sentences('page table')} See <a href="../papers/paging">the paper</a> and <a href="javascript:alert(1)">this</a>.</p>
<ul><li>Blocks have a <b>fixed</b> size.</li><li>A table says where each block lies: x<sub>i</sub>.</li></ul>
<pre><code>for block in table:
    read(block)</code></pre>
<figure><img src="https://tracker.example.org/p.png" alt=""><figcaption>Figure 1: Blocks of three requests.</figcaption></figure>
<p>The memory is <math alttext="2 L d n"><mi>L</mi></math> numbers, as <em>every</em> paper says. ${sentences('formula')}</p></article>
<aside>Buy our book now, it is cheap.</aside><footer>© somebody</footer></body></html>`;

test('the article of a page is read, without what stands around it', () => {
  const { title, outline, passages, html = '' } = htmlText(article, address);
  assert.match(title ?? '', /^How caches work/);
  const text = passages.map((passage) => passage.text).join('\n');
  assert.match(text, /The cache keeps what was computed before/);
  assert.match(text, /A table says where each block lies: xi\./);
  assert.match(text, /The memory is 2 L d n numbers, as every paper says\./);
  assert.doesNotMatch(text, /newsletter|cheap/);
  assert.ok(outline.some((entry) => entry.title === 'Paging'));
  const paging = passages.find(({ heading, kind }) => heading === 'Paging' && kind === 'text');
  assert.ok(paging?.anchor !== undefined && html.includes(`id="${paging.anchor}"`));
  assert.equal(passages.find(({ kind }) => kind === 'caption')?.text, 'Figure 1: Blocks of three requests.');
  assert.match(html, /<pre id="b\d+">.*for block in table:\n {4}read\(block\)/s);
  assert.match(html, /href="https:\/\/example\.org\/papers\/paging"|href="https:&#47;&#47;example/);
  assert.doesNotMatch(html, /<img|javascript:|tracker/);
});

test('Markdown is read as a page is; HTML in it is text', () => {
  const source = `---\ntitle: mine\n---\n# My notes\n\nThe cache *grows*. <script>alert(1)</script>\n\n## More\n\n- one\n- two\n\n[link](https://example.org) [bad](javascript:alert(1))\n`;
  const { title, outline, passages, html = '' } = markdownText(source, address);
  assert.equal(title, 'My notes');
  assert.deepEqual(
    outline.map((entry) => entry.title),
    ['My notes', 'More'],
  );
  assert.match(passages.map(({ text }) => text).join(' '), /The cache grows\. <script>alert\(1\)<\/script>/);
  assert.doesNotMatch(html, /<script|href="javascript/);
});

/** Families of tricks to get a program run, or an address asked for, by showing a page. */
const tricks: readonly string[] = [
  '<script>hit()</script>',
  '<scr<script>ipt>hit()</scr</script>ipt>',
  '<img src=x onerror=hit()>',
  '<img src="https://evil.example.org/pixel.png" srcset="https://evil.example.org/2x.png 2x">',
  '<svg onload=hit()><circle r=1></svg>',
  '<svg><script>hit()</script></svg>',
  '<svg><animate onbegin=hit() attributeName=x dur=1s>',
  '<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>hit()</script></svg>#x"></use></svg>',
  '<svg><foreignObject><iframe srcdoc="<script>parent.hit()</script>"></iframe></foreignObject></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=hit()&gt;">',
  '<math href="javascript:hit()">CLICKME</math>',
  '<iframe src="javascript:parent.hit()"></iframe>',
  '<iframe srcdoc="<script>parent.hit()</script>"></iframe>',
  '<object data="javascript:hit()"></object><embed src="https://evil.example.org/x.swf">',
  '<a href="javascript:hit()" id="js">x</a><a href="JaVaScRiPt&colon;hit()">y</a><a href=" &#14; javascript:hit()">z</a>',
  '<a href="data:text/html,<script>parent.hit()</script>">data</a>',
  '<form action="https://evil.example.org/"><input name=q autofocus onfocus=hit()><button formaction="javascript:hit()">b</button></form>',
  '<input onfocus=hit() autofocus><select autofocus onfocus=hit()></select><textarea autofocus onfocus=hit()></textarea>',
  '<details open ontoggle=hit()>d</details>',
  '<video src="https://evil.example.org/v.mp4" onerror=hit()><source onerror=hit()></video><audio src=x onerror=hit()></audio>',
  '<body onload=hit()><body onpageshow=hit()>',
  '<style>@import "https://evil.example.org/x.css"; * { background: url(https://evil.example.org/bg.png) }</style>',
  '<p style="background:url(https://evil.example.org/style.png)">styled</p>',
  '<link rel=stylesheet href="https://evil.example.org/y.css"><link rel=prefetch href="https://evil.example.org/z">',
  '<meta http-equiv=refresh content="0;url=https://evil.example.org/"><base href="https://evil.example.org/">',
  '<noscript><p title="</noscript><img src=x onerror=hit()>"></noscript>',
  '<template><img src=x onerror=hit()></template>',
  '<xmp><p title="</xmp><img src=x onerror=hit()>">',
  '<textarea><p title="</textarea><img src=x onerror=hit()>"></textarea>',
  '<title><p title="</title><img src=x onerror=hit()>"></title>',
  '<plaintext><img src=x onerror=hit()>',
  '<p id="</p><img src=x onerror=hit()>">id</p>',
  '<p>&lt;img src=x onerror=hit()&gt; stays text</p>',
  '<marquee onstart=hit()>m</marquee><p onmouseover=hit() onclick=hit()>hover</p>',
  '<portal src="https://evil.example.org/portal"></portal><dialog open onclose=hit()>x</dialog>',
  '<custom-element onclick=hit() is="x-y">c</custom-element>',
  '<a href="https://user:secret@evil.example.org/">credentials</a>',
  '<picture><source srcset="https://evil.example.org/s.png"><img src=x onerror=hit()></picture>',
  '<form id=x></form><button form=x formaction=javascript:hit()>X</button><input type=image src=x onerror=hit()>',
  '<![CDATA[<img src=x onerror=hit()>]]><!--><img src=x onerror=hit()>--><?php hit() ?>',
];

let browser: Browser;
let page: Page;
const folder = mkdtempSync(join(tmpdir(), 'html-'));
before(async () => {
  browser = await playwright.launch({ executablePath: await chromium(), args: CHROMIUM_ARGUMENTS });
  page = await browser.newPage();
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Shows HTML as a page that forbids nothing, touches all of it, and says what it did. */
async function shown(html: string): Promise<{ readonly hits: number; readonly asked: readonly string[] }> {
  const asked: string[] = [];
  await page.unrouteAll();
  await page.route('**', (route) => {
    const url = route.request().url();
    if (url === 'https://page.example.org/') return route.fulfill({ contentType: 'text/html', body: '<main></main>' });
    asked.push(url);
    return route.abort();
  });
  await page.goto('https://page.example.org/');
  const hits = await page.evaluate(async (text) => {
    let count = 0;
    Object.assign(globalThis, { hit: () => count++ });
    const main = document.querySelector('main');
    if (main) main.innerHTML = text;
    for (const element of document.querySelectorAll<HTMLElement>('main *')) {
      for (const type of ['mouseover', 'focus', 'load', 'error', 'toggle']) element.dispatchEvent(new Event(type));
      if (!(element instanceof HTMLAnchorElement) || !element.href.startsWith('https:')) element.click();
    }
    await new Promise<void>((done) => {
      setTimeout(done, 100);
    });
    return count;
  }, html);
  return { hits, asked };
}

test('the check itself notices a script and a request', async () => {
  const { hits, asked } = await shown('<img src=x onerror=hit()><img src="https://evil.example.org/p.png">');
  assert.ok(hits > 0);
  assert.ok(asked.some((url) => url.includes('evil.example.org')));
});

test('no trick in a page runs anything or asks for anything, and the text around it is read', async () => {
  for (const trick of tricks) {
    const source = `<html><body><article><h1>Title</h1><p>${sentences('start')}</p>${trick}<p>${sentences('end')}</p></article></body></html>`;
    const { html = '', passages } = htmlText(source, address);
    const { hits, asked } = await shown(html);
    assert.equal(hits, 0, trick);
    assert.deepEqual(asked, [], trick);
    assert.match(passages.map(({ text }) => text).join(' '), /The start keeps what was computed before/, trick);
  }
});

test('a page that is nested a hundred thousand deep, or empty, costs one clear error or is read', async () => {
  const path = join(folder, 'page.html');
  writeFileSync(path, `<body>${'<div>'.repeat(100_000)}deep${'</div>'.repeat(100_000)}</body>`);
  const deep = await readFileOf('html', path, { idleMs: 8000 }).catch((error: unknown) => error);
  assert.match((deep as { problem?: string }).problem ?? 'read', /^(damaged|empty|too-slow|read)$/);
  writeFileSync(path, '<html><body><script>only()</script></body></html>');
  await assert.rejects(readFileOf('html', path), { problem: 'empty' });
  writeFileSync(
    path,
    Buffer.from(
      `<meta charset="iso-8859-1"><p>${'Caf\xe9 and cr\xe8me br\xfbl\xe9e are served here. '.repeat(20)}</p>`,
      'latin1',
    ),
  );
  const { passages } = await readFileOf('html', path);
  assert.match(passages[0]?.text ?? '', /Café and crème brûlée/);
});
