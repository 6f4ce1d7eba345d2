import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ReaderChapter, ToReader } from '../../src/protocol/reader.ts';
import { namelessControls, overflow } from './accessibility.ts';
import { startPages, type OpenOptions, type OpenPage, type Pages } from './harness.ts';
import { chapter, marks, sentenceWith, texStyles } from './sample.ts';

let pages: Pages;
before(async () => {
  pages = await startPages(texStyles);
});
after(() => pages.close());

async function withReader(
  run: (reader: OpenPage) => Promise<void>,
  options: OpenOptions & Partial<Extract<ToReader, { type: 'show' }>> = {},
): Promise<void> {
  const { chapter: shown = chapter, highlight, position, ...rest } = options;
  const reader = await pages.open('reader', rest);
  try {
    await reader.send({
      type: 'show',
      chapter: shown,
      marks,
      ...(highlight && { highlight }),
      ...(position && { position }),
    });
    await reader.page.evaluate('document.fonts.ready.then(() => undefined)');
    await run(reader);
    assert.deepEqual(reader.faults, []);
  } finally {
    await reader.close();
  }
}

const cited = (reader: OpenPage): Promise<string> =>
  reader.page.evaluate<string>(`[...(CSS.highlights.get('cited') ?? [])].map((range) => range.toString()).join('|')`);

const top = (reader: OpenPage, selector: string): Promise<number> =>
  reader.page.evaluate<number>(`document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect().top`);

/** Selects everything in the first element that `selector` finds. */
const select = (reader: OpenPage, selector: string): Promise<void> =>
  reader.page.evaluate<undefined>(
    `getSelection().selectAllChildren(document.querySelector(${JSON.stringify(selector)}))`,
  );

test('a link in the text asks for its chapter, with the place in it', () =>
  withReader(async (reader) => {
    await reader.page.getByRole('link', { name: 'FlashAttention' }).click();
    assert.deepEqual(await reader.next('openChapter'), {
      type: 'openChapter',
      chapterId: 'flashattention',
      anchor: 'tiling',
    });
  }));

test('a link with Ctrl or the middle button opens its chapter beside', () =>
  withReader(async (reader) => {
    const link = reader.page.getByRole('link', { name: 'CPU offloading', exact: true });
    await link.click({ modifiers: ['Control'] });
    assert.deepEqual(await reader.next('openChapter'), {
      type: 'openChapter',
      chapterId: 'cpu-offloading',
      beside: true,
    });
    await link.click({ button: 'middle' });
    assert.equal((await reader.next('openChapter', 1))['beside'], true);
    assert.equal((await reader.posted('openChapter')).length, 2);
  }));

test('links work from the keyboard', () =>
  withReader(async (reader) => {
    await reader.page.getByRole('link', { name: 'CPU offloading', exact: true }).focus();
    await reader.page.keyboard.press('Enter');
    assert.equal((await reader.next('openChapter'))['chapterId'], 'cpu-offloading');
    // In order, and once each: the browser must not make a click of Enter as well.
    await reader.page.keyboard.press('Tab');
    await reader.page.keyboard.press('Tab');
    await reader.page.keyboard.press('Enter');
    assert.equal((await reader.next('openResource'))['resourceId'], 'llm-int8-paper');
    assert.equal((await reader.posted('openChapter')).length, 1);
  }));

test('a web link is handed over by its address and followed by nobody here', () =>
  withReader(async (reader) => {
    const before = reader.page.url();
    await reader.page.getByRole('link', { name: 'its documentation' }).click();
    assert.deepEqual(await reader.next('openLink'), { type: 'openLink', url: 'https://example.org/docs' });
    assert.equal(reader.page.url(), before);
  }));

test('prerequisites and neighbours are links with the learner’s marks', () =>
  withReader(async (reader) => {
    const row = reader.page.getByRole('listitem').filter({ hasText: 'Decoder-Only Transformers' });
    assert.match(await row.innerText(), /Studied/);
    await row.getByRole('link').click();
    assert.equal((await reader.next('openChapter'))['chapterId'], 'decoder-only-transformers');
    await reader.page.getByRole('link', { name: /Next/ }).click();
    assert.equal((await reader.next('openChapter', 1))['chapterId'], 'speculative-decoding');
  }));

test('brackets lead to the previous and the next chapter', () =>
  withReader(async (reader) => {
    await reader.page.keyboard.press('[');
    await reader.page.keyboard.press(']');
    await reader.page.keyboard.press('Control+]');
    await reader.next('openChapter', 1);
    assert.deepEqual(
      (await reader.posted('openChapter')).map((message) => message['chapterId']),
      ['section-6', 'speculative-decoding'],
    );
  }));

test('hostile words in a chapter’s data are shown as they are', async () => {
  const hostile = '<img src=x onerror="window.hacked = true"><b>bold</b>';
  const poisoned: ReaderChapter = {
    ...chapter,
    title: hostile,
    summary: hostile,
    sectionTitle: hostile,
    objectives: [hostile],
    headings: [{ anchor: 'why', title: hostile, level: 2 }],
    prerequisites: [{ id: 'x', title: hostile }],
    leadsTo: [{ id: 'y', title: hostile }],
    next: { id: 'z', title: hostile },
    status: 'outline',
    resources: chapter.resources.map((found) => ({ ...found, title: hostile, creators: hostile, note: hostile })),
  };
  await withReader(
    async (reader) => {
      assert.equal(await reader.page.locator('h1').innerText(), hostile);
      assert.equal(await reader.page.locator('main img, main b').count(), 0);
      assert.equal(await reader.page.evaluate('window.hacked'), undefined);
    },
    { chapter: poisoned },
  );
});

test('a mark shows at once, is sent, and follows what other windows do', () =>
  withReader(async (reader) => {
    const studied = reader.page.getByRole('radio', { name: 'Studied' });
    assert.equal(await reader.page.getByRole('radio', { name: 'Skimmed' }).isChecked(), true);
    await reader.page.locator('label', { hasText: 'Studied' }).first().click();
    assert.equal(await studied.isChecked(), true);
    assert.deepEqual(await reader.next('markChapter'), {
      type: 'markChapter',
      chapterId: chapter.id,
      state: 'studied',
    });
    assert.equal(await reader.page.getByRole('status').innerText(), 'Marked as studied.');
    assert.equal(await reader.page.getByText('You have studied this chapter.').isVisible(), true);

    await reader.send({ type: 'progress', chapterId: chapter.id, marks: { ...marks, chapter: 'not-started' } });
    assert.equal(await reader.page.getByRole('radio', { name: 'Not started' }).isChecked(), true);
    assert.equal(await reader.page.getByRole('button', { name: 'Mark as studied' }).isVisible(), true);

    await reader.send({ type: 'progress', chapterId: 'another', marks: { ...marks, chapter: 'studied' } });
    assert.equal(await studied.isChecked(), false);
  }));

test('a chapter is marked as studied at its end', () =>
  withReader(async (reader) => {
    await reader.page.getByRole('button', { name: 'Mark as studied' }).click();
    assert.equal((await reader.next('markChapter'))['state'], 'studied');
    assert.equal(await reader.page.getByRole('radio', { name: 'Studied' }).isChecked(), true);
  }));

test('a resource opens, gives its link and takes a mark, by keyboard too', () =>
  withReader(async (reader) => {
    await reader.page.getByRole('button', { name: 'Open Introduction to Quantization' }).click();
    assert.equal((await reader.next('openResource'))['resourceId'], 'merve-blog');
    await reader.page.getByRole('button', { name: 'Copy the link to Introduction to Quantization' }).click();
    assert.equal((await reader.next('copyResource'))['resourceId'], 'merve-blog');

    const dropdownValue = () =>
      reader.page.evaluate<string>(`document.querySelectorAll('vscode-dropdown')[1].currentValue`);
    const mark = reader.page.getByRole('combobox', { name: 'Your progress with Introduction to Quantization' });
    assert.equal(await dropdownValue(), 'done');
    await mark.focus();
    await reader.page.keyboard.press('ArrowDown');
    await reader.page.keyboard.press('Enter');
    assert.deepEqual(await reader.next('markResource'), {
      type: 'markResource',
      resourceId: 'merve-blog',
      state: 'skipped',
    });
    await reader.send({
      type: 'progress',
      chapterId: chapter.id,
      marks: { ...marks, resources: { 'merve-blog': 'to-do' } },
    });
    assert.equal(await dropdownValue(), 'to-do');
    assert.equal((await reader.posted('markResource')).length, 1);
  }));

test('an outline says that it is one, and what is there', () =>
  withReader(
    async (reader) => {
      const notice = await reader.page.getByRole('note').innerText();
      assert.match(notice, /Outline: the full text of this chapter isn’t written yet/);
      assert.match(notice, /Why it matters, .* and 3 resources\./);
    },
    { chapter: { ...chapter, status: 'outline' } },
  ));

test('a cited sentence is highlighted across emphasis and formulas, and scrolled to', () =>
  withReader(
    async (reader) => {
      assert.match(await cited(reader), /^\s*The error of a single weight is at most half a step, .*the weight is\.$/s);
      assert.equal(await reader.page.locator('.sentence', { hasText: 'at most half a step' }).isVisible(), true);
      assert.ok((await reader.page.evaluate<number>('window.scrollY')) > 200);
    },
    { highlight: { anchor: 'step', sentence: sentenceWith('step', 'at most half a step') } },
  ));

test('a sentence that a displayed formula cuts in two is highlighted as a whole', () =>
  withReader(
    async (reader) => {
      const text = await cited(reader);
      assert.match(text, /^\s*Its step is/);
      assert.match(text, /is the number of bits/);
      assert.doesNotMatch(text, /With|quantiser maps/);
    },
    { highlight: { anchor: 'step', sentence: sentenceWith('step', 'Its step is') } },
  ));

test('a sentence is found with other white space, quotes and dashes', () =>
  withReader(
    async (reader) => {
      assert.match(await cited(reader), /^Bits a weight aren't whole numbers.*stored too\.$/);
    },
    {
      highlight: {
        anchor: 'formats',
        sentence: '  Bits a weight  aren’t whole numbers — because the steps of the groups\nare stored too ',
      },
    },
  ));

test('without the sentence, its nearest block is highlighted, and without that the whole passage', () =>
  withReader(async (reader) => {
    await reader.send({
      type: 'highlight',
      highlight: {
        anchor: 'outliers',
        sentence: 'Each group of weights has its own step, so one outlier spoils its neighbours.',
      },
    });
    assert.match(await cited(reader), /^\s*Groups\. Each group of 32/);
    await reader.send({ type: 'highlight', highlight: { anchor: 'outliers', sentence: 'Bananas are yellow fruit.' } });
    assert.equal(await cited(reader), '');
    assert.equal(await reader.page.locator('.cited-passage').getAttribute('id'), 'outliers');
    await reader.page.keyboard.press('Escape');
    assert.equal(await reader.page.locator('.cited-passage').count(), 0);
  }));

test('the summary is a passage as well', () =>
  withReader(
    async (reader) => {
      assert.match(await cited(reader), /^How a model’s weights/);
    },
    { highlight: { anchor: 'summary', sentence: chapter.summary } },
  ));

test('a highlighted summary leaves the title in view', () =>
  withReader(
    async (reader) => {
      const seen = (): Promise<number> =>
        reader.page.locator('h1').evaluate((title) => title.getBoundingClientRect().top);
      assert.ok((await seen()) >= 0);
      await reader.send({ type: 'highlight', highlight: { anchor: 'outliers' } });
      await reader.page.waitForFunction('scrollY > 0');
      await reader.send({ type: 'highlight', highlight: { anchor: 'summary' } });
      await reader.page.waitForFunction('scrollY === 0');
      assert.ok((await seen()) >= 0);
    },
    { highlight: { anchor: 'summary' } },
  ));

test('selected words are asked about with the button', () =>
  withReader(async (reader) => {
    const button = reader.page.getByRole('button', { name: 'Ask about this', exact: true });
    assert.equal(await button.isVisible(), false);
    await select(reader, '#outliers p .sentence');
    await button.click();
    assert.deepEqual(await reader.next('askAbout'), {
      type: 'askAbout',
      chapterId: chapter.id,
      text: 'One weight a hundred times larger than the others makes the step a hundred times larger too.',
    });
    assert.equal(await button.isVisible(), false);
  }));

test('selected words are asked about with the mouse alone', () =>
  withReader(async (reader) => {
    await reader.page
      .locator('#outliers p .sentence')
      .first()
      .dblclick({ position: { x: 60, y: 10 } });
    await reader.page.getByRole('button', { name: 'Ask about this', exact: true }).click();
    assert.match(String((await reader.next('askAbout'))['text']), /^\w+$/);
  }));

test('selected words are asked about with a key and with a command; without any, the chapter', () =>
  withReader(async (reader) => {
    await select(reader, '#step p:last-of-type');
    await reader.page.keyboard.press('Alt+a');
    const { text } = await reader.next('askAbout');
    // A formula once, as TeX: the page holds it twice, for the eye and for screen readers.
    assert.match(String(text), /^where \$b\$ is the number of bits\. With \$b = 8\$ the largest/);
    await reader.send({ type: 'askSelection' });
    assert.equal((await reader.next('askAbout', 1))['text'], text);
    await reader.page.evaluate('getSelection().removeAllRanges()');
    await reader.send({ type: 'askSelection' });
    assert.equal((await reader.next('askAbout', 2))['text'], '');
  }));

test('a long selection is shortened to 500 characters at a word', () =>
  withReader(async (reader) => {
    await select(reader, '.prose');
    await reader.page.keyboard.press('Alt+a');
    const text = String((await reader.next('askAbout'))['text']);
    assert.ok(text.length <= 500 && text.length > 450, String(text.length));
    assert.match(text, /^Why it matters A model .*\w…$/s);
  }));

test('the position is told by heading and found again in another width', async () => {
  let position: unknown;
  await withReader(async (reader) => {
    await reader.page.evaluate(`window.scrollBy(0, ${await top(reader, '#formats p')})`);
    const message = await reader.next('position');
    assert.equal(message['chapterId'], chapter.id);
    ({ position } = message);
    assert.deepEqual(await reader.state(), { chapterId: chapter.id, position });
    assert.equal((position as { anchor: string }).anchor, 'formats');
  });
  await withReader(
    async (reader) => {
      const at = await top(reader, '#formats p');
      assert.ok(at > -80 && at < 160, `the paragraph is at ${at}`);
      // Coming back isn't reading on.
      await reader.page.waitForTimeout(600);
      assert.deepEqual(await reader.posted('position'), []);
    },
    { width: 420, position: position as never },
  );
});

test('a place that is gone leads to the top', () =>
  withReader(
    async (reader) => {
      assert.equal(await reader.page.evaluate('window.scrollY'), 0);
    },
    { position: { anchor: 'gone', fraction: 0.5 }, highlight: { anchor: 'gone-too' } },
  ));

test('another chapter starts at its top with the focus on its title', () =>
  withReader(
    async (reader) => {
      assert.ok((await reader.page.evaluate<number>('window.scrollY')) > 0);
      await reader.send({ type: 'show', chapter: { ...chapter, id: 'other', title: 'Another Chapter' }, marks });
      assert.equal(await reader.page.evaluate('window.scrollY'), 0);
      assert.equal(await reader.page.evaluate('document.activeElement.textContent'), 'Another Chapter');
      assert.equal(await cited(reader), '');
    },
    { highlight: { anchor: 'formats' } },
  ));

test('a page that hasn’t the focus takes none, and moves it to the title when the learner comes', () =>
  withReader(async (reader) => {
    await reader.page.evaluate('document.hasFocus = () => false; undefined');
    await reader.send({ type: 'show', chapter: { ...chapter, id: 'other' }, marks });
    assert.equal(await reader.page.evaluate('document.activeElement.tagName'), 'BODY');
    await reader.page.evaluate(`window.dispatchEvent(new Event('focus'))`);
    assert.equal(await reader.page.evaluate('document.activeElement.tagName'), 'H1');
  }));

test('the outline leads to a passage and marks the one in view', () =>
  withReader(
    async (reader) => {
      const outline = reader.page.getByRole('navigation', { name: 'On this page' });
      await outline.getByRole('link', { name: 'Formats' }).click();
      await outline.locator('a[aria-current]', { hasText: 'Formats' }).waitFor();
      const at = await top(reader, '#formats');
      assert.ok(Math.abs(at) < 60, `the passage is at ${at}`);
      assert.equal(await outline.locator('a[aria-current]').count(), 1);
    },
    { width: 1200 },
  ));

test('in a narrow panel the outline is folded, and nothing is wider than the panel', () =>
  withReader(
    async (reader) => {
      const outline = reader.page.getByRole('navigation', { name: 'On this page' });
      assert.equal(await outline.getByRole('link', { name: 'Formats' }).isVisible(), false);
      assert.deepEqual(await overflow(reader), []);
      await reader.page.setViewportSize({ width: 280, height: 600 });
      assert.deepEqual(await overflow(reader), []);
    },
    { width: 400 },
  ));

test('every control has a name, and the first Tab offers to skip to the text', () =>
  withReader(async (reader) => {
    assert.deepEqual(await namelessControls(reader), []);
    await reader.page.keyboard.press('Tab');
    await reader.page.keyboard.press('Enter');
    assert.equal(await reader.page.evaluate('document.activeElement.id'), 'why');
  }));

for (const theme of ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const) {
  test(`text is readable in the ${theme} theme`, () =>
    withReader(
      async (reader) => {
        assert.deepEqual(await faintText(reader), []);
      },
      { theme },
    ));
}

/** Words in the chapter whose contrast with what is behind them is less than 4.5 to 1. */
async function faintText(reader: OpenPage): Promise<string[]> {
  return reader.page.evaluate<string[]>(`(() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const over = (below, colour) => {
      canvas.fillStyle = below; canvas.fillRect(0, 0, 1, 1);
      canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
      const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
      return 'rgb(' + r + ',' + g + ',' + b + ')';
    };
    const light = (colour) => {
      const [r, g, b] = colour.match(/\\d+/g).map((part) => part / 255)
        .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ratio = (one, two) => (Math.max(light(one), light(two)) + 0.05) / (Math.min(light(one), light(two)) + 0.05);
    const behind = (element) => {
      const chain = [];
      for (let at = element; at instanceof Element; at = at.parentElement) chain.unshift(getComputedStyle(at).backgroundColor);
      return chain.reduce(over, '#fff');
    };
    const faint = [];
    for (const element of document.querySelectorAll('main *')) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
      if (!own || element.closest('.katex-mathml, vscode-button, vscode-dropdown, .visually-hidden')) continue;
      const onData = element.matches('.text-on');
      const below = onData ? over('#fff', getComputedStyle(element.previousElementSibling).fill) : behind(element);
      const style = getComputedStyle(element);
      const found = ratio(below, over(below, element instanceof SVGElement ? style.fill : style.color));
      if (found < 4.5) faint.push(element.textContent.trim().slice(0, 40) + ' ' + found.toFixed(2));
    }
    return [...new Set(faint)];
  })()`);
}

test('a term shows its meaning to the pointer and to the keyboard, and leads to where it is taught', () =>
  withReader(async (reader) => {
    const term = reader.page.locator('a.term').first();
    const tip = reader.page.getByRole('tooltip');
    await term.hover();
    assert.equal(await tip.innerText(), 'A value far larger than the others <of its kind>.');
    await reader.page.keyboard.press('Escape');
    assert.equal(await tip.isVisible(), false);
    await term.focus();
    assert.equal(await tip.isVisible(), true);
    await reader.page.keyboard.press('Enter');
    assert.deepEqual(await reader.next('openChapter'), {
      type: 'openChapter',
      chapterId: 'quantisation',
      anchor: 'elsewhere',
    });
  }));

test('the end of a chapter offers its quiz, and says how it went last time', () =>
  withReader(async (reader) => {
    const offer = reader.page.locator('.quiz-offer');
    assert.equal(await offer.isVisible(), false);
    await reader.send({ type: 'quiz', chapterId: 'other', quiz: { items: 3, answered: 0, right: 0 } });
    assert.equal(await offer.isVisible(), false, 'of another chapter');
    await reader.send({ type: 'quiz', chapterId: chapter.id, quiz: { items: 0, answered: 0, right: 0 } });
    assert.equal(await offer.isVisible(), false, 'a chapter without a quiz');
    await reader.send({ type: 'quiz', chapterId: chapter.id, quiz: { items: 12, answered: 0, right: 0 } });
    assert.match(await offer.innerText(), /12 questions/);
    await reader.send({ type: 'quiz', chapterId: chapter.id, quiz: { items: 12, answered: 10, right: 7 } });
    assert.match(await offer.innerText(), /7 of 10 right last time/);
    await offer.getByRole('button', { name: 'Quiz me on this chapter' }).click();
    assert.deepEqual(await reader.next('quizMe'), { type: 'quizMe', chapterId: chapter.id });
  }));
