import assert from 'node:assert/strict';
import { test } from 'node:test';
import { build, firstPassage, sampleFiles } from './sampleBook.ts';

const bodyLine = 15;

/** Builds the sample with `body` and expects exactly these problems. */
function expectProblems(
  body: string,
  expected: readonly RegExp[],
  changes: Readonly<Record<string, string>> = {},
): void {
  const { problems } = build(sampleFiles(body, changes));
  assert.equal(problems.length, expected.length, problems.join('\n'));
  for (const [n, pattern] of expected.entries()) assert.match(problems[n] ?? '', pattern);
}

test('a sound book builds without a problem', () => {
  const { book, problems } = build(sampleFiles());
  assert.deepEqual(problems, []);
  assert.deepEqual(Object.keys(book.curriculum.chapters), ['first', 'second']);
  assert.equal(book.curriculum.resources['paper']?.url, 'https://arxiv.org/abs/1706.03762');
  assert.deepEqual(
    book.passages.filter(({ chapterId }) => chapterId === 'first').map(({ id }) => id),
    ['first#summary', 'first#brief', 'first#know', 'first#misconceptions', 'first#resources'],
  );
});

test('each problem names its file and line', () => {
  expectProblems('See [there](javascript:alert(1)).', [new RegExp(`^1-one/first.md:${bodyLine}: .*javascript:alert`)]);
  expectProblems('Fine.\n\nSee [there](chapter:nowhere).', [
    new RegExp(`^1-one/first.md:${bodyLine + 2}: .*no chapter: "nowhere"`),
  ]);
  expectProblems('See [there](resource:nothing).', [/first\.md:15: .*no resource: "nothing"/]);
  expectProblems('See [there](chapter:second#gone).', [/first\.md:15: .*no passage: "second#gone"/]);
  expectProblems('A formula $\\frac{1}{2$ here.', [/first\.md:15: TeX: /]);
  expectProblems('Fine.\n\n$$\n\\nosuch{x}\n$$', [/first\.md:17: TeX: .*nosuch/]);
  expectProblems('Fine.\n\n## No anchor', [/first\.md:17: a heading ends with its anchor/]);
  expectProblems('Fine.\n\n## Again {#know}\n\nText.', [/first\.md:\d+: the anchor "know" stands twice/]);
  expectProblems('Fine.\n\n![An alternative text that is long enough](first.none.svg)', [
    /first\.md:17: no such figure/,
  ]);
});

test('problems beside the text are found too', () => {
  const files = sampleFiles();
  const spoil = (path: string, from: string, to: string): string => (files.get(path) ?? '').replace(from, to);
  const cases: readonly [string, string, string, RegExp][] = [
    ['1-one/first.resources.yaml', 'https://', 'http://', /first\.resources\.yaml:5: "url" must be an https address/],
    ['1-one/first.resources.yaml', 'kind: paper', 'kind: papyrus', /first\.resources\.yaml:4: "kind" is "papyrus"/],
    ['1-one/first.resources.yaml', '  minutes: 10\n', '', /first\.resources\.yaml:1: "minutes" is missing/],
    [
      '1-one/first.resources.yaml',
      'level: intro',
      'level: intro\n  colour: red',
      /first\.resources\.yaml:7: "colour" is not a field/,
    ],
    [
      '1-one/first.quiz.yaml',
      'passage: brief',
      'passage: nowhere',
      /first\.quiz\.yaml:4: quiz item "item" points to a passage/,
    ],
    ['1-one/first.quiz.yaml', 'correct: true, ', '', /first\.quiz\.yaml:1: .*exactly one correct choice/],
    [
      '1-one/first.md',
      'prerequisites: []',
      'prerequisites: [second]',
      /prerequisites go in a circle: first → second → first/,
    ],
    [
      '1-one/first.md',
      'minutes: 20',
      'minutes: 20\nformerIds: [old, second]',
      /first\.md:9: the former id "second" is the id of a chapter/,
    ],
    [
      '1-one/first.md',
      'minutes: 20',
      'minutes: 20\nformerIds: [old, old]',
      /first\.md:9: the former id "old" is one of "first" too/,
    ],
    [
      '1-one/first.md',
      'minutes: 20',
      'minutes: 20\nmovedAnchors: [brief → know]',
      /first\.md:9: the moved anchor "brief" is still there/,
    ],
    [
      '1-one/first.md',
      'minutes: 20',
      'minutes: 20\nmovedAnchors: [before → nowhere]',
      /first\.md:9: the anchor "before" moved to no passage: "nowhere"/,
    ],
    [
      '1-one/first.md',
      'minutes: 20',
      'minutes: 20\nmovedAnchors: [before]',
      /first\.md:9: expected "old-anchor → new-anchor", not "before"/,
    ],
    [
      '1-one/first.md',
      'prerequisites: []',
      'prerequisites: [ghost]',
      /first\.md:7: prerequisite "ghost" is not a chapter/,
    ],
    ['1-one/first.md', 'id: first', 'id: other', /the id must be the file's name/],
    [
      '1-one/first.md',
      'questions: [q1, q2',
      'questions: [q2',
      /first\.md:10: "questions" must have 8 to 15 entries, not 7/,
    ],
    ['1-one/first.md', 'keywords: [k1', 'keywords: ["k1', /first\.md:\d+: /],
  ];
  for (const [path, from, to, pattern] of cases) {
    const { problems } = build(sampleFiles(undefined, { [path]: spoil(path, from, to) }));
    assert.ok(
      problems.some((problem) => pattern.test(problem)),
      `${String(pattern)} in\n${problems.join('\n')}`,
    );
  }
});

test('a file that nothing uses, and a chapter without a file, are problems', () => {
  expectProblems('Fine.', [/^1-one\/stray\.md:1: nothing .* uses this file/], { '1-one/stray.md': 'x' });
  const files = sampleFiles();
  files.delete('1-one/second.md');
  assert.ok(build(files).problems.some((problem) => problem.includes('chapter "second" has no file')));
});

test('the same resource listed twice in full is a problem, by "see:" it is not', () => {
  const again = sampleFiles().get('1-one/first.resources.yaml') ?? '';
  expectProblems('Fine.', [/resource "paper" stands twice/], { '1-one/second.resources.yaml': again });
  expectProblems('Fine.', [], { '1-one/second.resources.yaml': '- see: paper\n  note: "Here for its appendix."\n' });
});

test('a paragraph is cut into sentences, each of which can be quoted alone', () => {
  const { book } = build(
    sampleFiles(
      'Use e.g. one. **Two is bold.** Is *three* a question? See [four](chapter:second) vs. $x$. So $a.b$ stays whole.',
    ),
  );
  assert.deepEqual(
    firstPassage(book)
      .sentences.slice(0, 5)
      .map(({ text }) => text),
    ['Use e.g. one.', 'Two is bold.', 'Is three a question?', 'See four vs. x.', 'So a.b stays whole.'],
  );
});

test('a formula on lines of its own is quoted with the sentence around it', () => {
  const { book } = build(
    sampleFiles(
      'The step is\n\n$$\\Delta = \\frac{a}{2^{b-1}}$$\n\nwhere $b$ is the number of bits and $a$ the range. Next.',
    ),
  );
  assert.deepEqual(
    firstPassage(book)
      .sentences.slice(0, 2)
      .map(({ text }) => text),
    ['The step is Δ = a/(2^(b-1)) where b is the number of bits and a the range.', 'Next.'],
  );
});

test('the HTML holds nothing that a strict content security policy forbids', () => {
  const body =
    'Text <script>alert(1)</script> <img src=x onerror=alert(1)> $\\sqrt{x^2}$ [w](https://example.org/?a="b).\n\n```python\nx = "<b>"\n```\n\n![An alternative text that is "long" enough](first.pic.svg "Caption")';
  const { book, problems } = build(sampleFiles(body));
  const html = book.html.get('first') ?? '';
  assert.deepEqual(
    problems.filter((problem) => !problem.includes('a link leads to')),
    [],
  );
  const tags = (html.match(/<[^>]+>/g) ?? []).map((tag) => tag.replace(/="[^"]*"/g, '=""'));
  assert.deepEqual(
    tags.filter((tag) => /<script|<img|\sstyle=|\son\w+=/i.test(tag)),
    [],
  );
  assert.match(html, /&lt;script&gt;/);
  assert.deepEqual(
    [...new Set(html.match(/\shref="[^"]*"/g) ?? [])].filter((href) => href !== ' href="#"'),
    [],
  );
  assert.match(html, /<svg role="img" aria-label="An alternative text that is &quot;long&quot; enough"/);
  assert.match(book.texStyleSheet, /\.tex-0\{/);
});

test('a sentence in the page carries the text by which a citation finds it', () => {
  const { book } = build(sampleFiles('Let $\\lambda < 1$ & "so" on. Then.'));
  const text = firstPassage(book).sentences[0]?.text;
  assert.equal(text, 'Let λ < 1 & "so" on.');
  assert.match(book.html.get('first') ?? '', /data-sentence="Let λ &lt; 1 &amp; &quot;so&quot; on\."/);
});

test('a term of the glossary is marked where it stands first, outside the passage that teaches it, and not in quotations', () => {
  const glossary =
    '- term: KV cache\n  aliases: [key-value cache]\n  definition: "Keys & values kept."\n  passage: know\n';
  const body = 'A KV cache grows. The key-value cache again, and [KV cache](chapter:second) in a link.';
  const { book, problems } = build(sampleFiles(body, { '1-one/second.glossary.yaml': glossary }));
  assert.deepEqual(problems, []);
  const html = book.html.get('first') ?? '';
  assert.deepEqual(html.match(/<a href="#" class="term"[^>]*>[^<]*<\/a>/g), [
    '<a href="#" class="term" data-chapter="second" data-anchor="know" data-definition="Keys &amp; values kept.">KV cache</a>',
  ]);
  assert.deepEqual(firstPassage(book).sentences[0], { text: 'A KV cache grows.', html: 'A KV cache grows.' });
  assert.deepEqual(
    book.glossary.map(({ passageId }) => passageId),
    ['second#know'],
  );
});

test('an acronym is a term only as an acronym', () => {
  const glossary = '- term: GAN\n  definition: "Two networks."\n  passage: know\n';
  const { book } = build(sampleFiles('A gan is none. But GANs are.', { '1-one/second.glossary.yaml': glossary }));
  assert.match(book.html.get('first') ?? '', /A gan is none\..*class="term"[^>]*>GANs<\/a> are/);
});

test('a term that two chapters define, or that no passage teaches, is a problem', () => {
  const glossary = '- term: loss\n  definition: "What is made small."\n  passage: know\n';
  const changes = { '1-one/first.glossary.yaml': glossary, '1-one/second.glossary.yaml': glossary };
  expectProblems('Fine.', [/second\.glossary\.yaml:1: the term "loss" is defined already/], changes);
  expectProblems('Fine.', [/first\.glossary\.yaml:1: .*passage that the chapter doesn't have: "gone"/], {
    '1-one/first.glossary.yaml': glossary.replace('know', 'gone'),
  });
});

test('a formula whose symbols the text does not name is a problem', () => {
  expectProblems('The loss is\n\n$$\\ell = \\lambda w^2$$\n\nwhere $w$ is a weight.', [
    /first\.md:17: .* doesn't name lambda$/,
  ]);
  expectProblems(
    'With $\\lambda$ a factor, the loss is\n\n$$\\ell = \\lambda w_{k}^2$$\n\nwhere $w_k$ is a weight.',
    [],
  );
});

test('an objective must point to a passage that is there', () => {
  const first = sampleFiles().get('1-one/first.md') ?? '';
  const withAnchor = (anchor: string): Record<string, string> => ({
    '1-one/first.md': first.replace('[Say a, Say b, Say c]', `["Say a {#${anchor}}", Say b, Say c]`),
  });
  const { book } = build(sampleFiles(undefined, withAnchor('know')));
  assert.equal(book.curriculum.chapters['first']?.objectives[0], 'Say a');
  expectProblems(
    'A plain sentence.',
    [/first\.md:6: the objective "Say a" points to no passage: "gone"/],
    withAnchor('gone'),
  );
});

test('tables and code are searched but not quoted', () => {
  const { book } = build(
    sampleFiles('Before.\n\n| bits | error |\n|---|---|\n| 4 | $10^{-2}$ |\n\n```python\nquantise(weights)\n```'),
  );
  const passage = firstPassage(book);
  assert.match(passage.unquoted, /bits error 4 10\^-2/);
  assert.match(passage.unquoted, /quantise\(weights\)/);
  assert.ok(passage.sentences.every(({ text }) => !text.includes('quantise')));
});

const goal = `- id: go
  title: Go
  description: Go there.
  chapters: [second]
  sections: [one]
  resources: [paper]
  names: ["go there"]
`;

test('goals are kept with the chapters of their sections, in the order of the book', () => {
  const { book, problems } = build(sampleFiles(undefined, { 'goals.yaml': goal }));
  assert.deepEqual(problems, []);
  assert.deepEqual(book.curriculum.goals, [
    {
      id: 'go',
      title: 'Go',
      description: 'Go there.',
      chapterIds: ['first', 'second'],
      resourceIds: ['paper'],
      names: ['go there'],
    },
  ]);
});

test('a goal that leads nowhere is a problem at its line', () => {
  const cases: readonly [string, string, RegExp][] = [
    ['[second]', '[third]', /^goals\.yaml:1: .*no chapter: "third"/],
    ['[one]', '[two]', /^goals\.yaml:1: .*no section: "two"/],
    ['[paper]', '[film]', /^goals\.yaml:1: .*no resource: "film"/],
    ['chapters: [second]\n  sections: [one]', 'chapters: []', /^goals\.yaml:1: the goal "go" leads to no chapter$/],
    ['  title: Go\n', '', /^goals\.yaml:1: "title" is missing/],
    ['names:', 'colour: red\n  names:', /^goals\.yaml:7: "colour" is not a field/],
    ['names: ["go there"]\n', `names: []\n${goal}`, /^goals\.yaml:8: the goal "go" stands twice/],
    ['id: go', 'id: Go on', /^goals\.yaml:1: "id" must be lower-case words/],
  ];
  for (const [from, to, expected] of cases) {
    const { problems } = build(sampleFiles(undefined, { 'goals.yaml': goal.replace(from, to) }));
    assert.equal(problems.length, 1, `${to}: ${problems.join('; ')}`);
    assert.match(problems[0] ?? '', expected);
  }
});

test('essential resources are marked, and at most two of a chapter', () => {
  const files = sampleFiles();
  const one = (files.get('1-one/first.resources.yaml') ?? '').concat('  essential: true\n');
  const { book, problems } = build(sampleFiles(undefined, { '1-one/first.resources.yaml': one }));
  assert.deepEqual(problems, []);
  assert.deepEqual(book.curriculum.chapters['first']?.resources, [
    { resourceId: 'paper', note: 'Good for a start.', essential: true },
  ]);
  const three = one + one.replace('id: paper', 'id: talk') + one.replace('id: paper', 'id: film');
  expectProblems('Fine.', [/^1-one\/first\.resources\.yaml:1: 3 resources are marked as essential/], {
    '1-one/first.resources.yaml': three,
  });
});
