import assert from 'node:assert/strict';
import { test } from 'node:test';
import { build, sampleFiles } from './sampleBook.ts';

/** A quiz of one free question. */
function recall(prompt: string, answer: string): string {
  return `- id: item\n  kind: recall\n  prompt: ${JSON.stringify(prompt)}\n  answer: ${JSON.stringify(answer)}\n  passage: brief\n`;
}

function built(quiz: string) {
  const { book, problems } = build(sampleFiles('A plain sentence.', { '1-one/first.quiz.yaml': quiz }));
  return { quiz: book.quizzes.get('first'), quizzes: book.quizzes, problems, styles: book.texStyleSheet };
}

test('the words of a quiz are rendered, and kept as they were written', () => {
  const { quiz, problems } = built(recall('What is `f(x)` for *any* $x^2$?', 'A <b>number</b> & more.'));
  assert.deepEqual(problems, []);
  const [item] = quiz?.items ?? [];
  assert.ok(item?.kind === 'recall');
  assert.equal(item.prompt.markdown, 'What is `f(x)` for *any* $x^2$?');
  assert.match(item.prompt.html, /<code>f\(x\)<\/code> for <em>any<\/em> <span class="katex">/);
  assert.doesNotMatch(item.prompt.html, /style=/);
  assert.equal(item.answer.html, 'A &lt;b&gt;number&lt;/b&gt; &amp; more.');
});

test('the passage that answers is quoted beside it', () => {
  const { quiz, quizzes } = built(recall('What?', 'That.'));
  const [passage, ...others] = quiz?.passages ?? [];
  assert.deepEqual(others, []);
  assert.equal(passage?.heading, 'In brief');
  assert.match(passage.text, /^A plain sentence\./);
  assert.match(passage.html, /^A plain sentence\./);
  assert.equal(quizzes.has('second'), false, 'a chapter without a quiz has none');
});

test('what has no place in a quiz is a problem with its file and line', () => {
  const cases: readonly [string, RegExp][] = [
    ['See [there](chapter:second).', /^1-one\/first\.quiz\.yaml:5: the words of a quiz hold no link and no figure/],
    ['![A picture of something](first.pic.svg)', /^1-one\/first\.quiz\.yaml:5: .*figure/],
    ['One.\n\nTwo.', /^1-one\/first\.quiz\.yaml:5: the words of a quiz are one paragraph/],
    ['- a\n- b', /one paragraph/],
    ['A formula $\\frac{1}{2$ here.', /^1-one\/first\.quiz\.yaml:5: TeX: /],
  ];
  for (const [prompt, problem] of cases) {
    const { problems } = built(recall(prompt, 'That.'));
    assert.match(problems.join('\n'), problem, prompt);
  }
});
