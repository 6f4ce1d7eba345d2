import type { ShownDocument } from '../../src/protocol/document.ts';

const paragraph = 'The cache keeps what was computed before, so that it need not be computed again. '.repeat(6);

const headings = ['Introduction', 'Method', 'Results'];

const base = {
  documentId: 'd1',
  subject: 'saved:https://example.org/paged-attention',
  title: 'Paged attention, and how to share memory',
  creators: 'Ann Author, Bo Writer',
  citedBy: [
    { chapterId: 'key-value-caching', title: 'Key-Value Caching' },
    { chapterId: 'flashattention', title: 'FlashAttention' },
  ],
} as const;

/** As the process that reads documents writes a page. */
export const page: ShownDocument = {
  ...base,
  form: 'html',
  readings: [
    { form: 'main', pages: true, label: 'Read the PDF' },
    { form: 'main', pages: false, label: 'Read as text' },
  ],
  facts: ['example.org'],
  original: 'Open in the browser',
  body: {
    type: 'html',
    html: [
      '<h1 id="b1">Paged attention</h1>',
      ...Array.from({ length: 8 }, (_, n) => `<p id="b${n + 2}">${n + 1}. ${paragraph}</p>`),
      '<h2 id="b10">Links</h2><p id="b11">See <a href="https://example.org/paper">the paper</a> and <code>read(block)</code>.</p>',
      '<pre id="b12">for block in table:\n    read(block)</pre>',
      '<table><tr><th id="b13">Blocks</th><td id="b14">16</td></tr></table>',
    ].join(''),
    anchors: ['b2', 'b5', 'b5', 'b8', 'b11'],
  },
};

/** A PDF, as its text. */
export const printed: ShownDocument = {
  ...base,
  form: 'main',
  readings: [{ form: 'main', pages: true, label: 'Read the PDF' }],
  facts: ['The text of a PDF', '3 pages'],
  original: 'Open elsewhere',
  body: {
    type: 'pieces',
    pieces: Array.from({ length: 12 }, (_, passage) => [
      ...(passage % 5 === 0 ? [{ kind: 'heading', text: headings[passage / 5] ?? '', passage } as const] : []),
      { kind: passage % 5 === 4 ? 'caption' : 'text', text: `${passage}. ${paragraph}`.trim(), passage } as const,
      ...(passage === 2
        ? (['Blocks 16 32', 'Hits 0.91 0.97'] as const).map((text) => ({ kind: 'loose', text, passage }) as const)
        : []),
    ])
      .flat()
      .map((piece) => ({ ...piece, page: 1 + Math.floor(piece.passage / 4) })),
  },
};
