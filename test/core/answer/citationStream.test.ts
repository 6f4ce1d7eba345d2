import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCitationStream, type AnswerPart } from '../../../src/core/answer/citationStream.ts';
import { characters, inPieces, randomFrom } from './scripted.ts';

/** Passages 1 to 5 are in the prompt. */
function read(pieces: readonly string[]): AnswerPart[] {
  const stream = createCitationStream((number) => number <= 5);
  const parts = [...pieces.flatMap((piece) => [...stream.append(piece)]), ...stream.flush()];
  // Where text is cut into parts says nothing.
  return parts.reduce<AnswerPart[]>((all, part) => {
    const last = all.at(-1);
    if (part.type === 'text' && last?.type === 'text')
      return [...all.slice(0, -1), { type: 'text', text: last.text + part.text }];
    return [...all, part];
  }, []);
}

/** Parts on one line: citations as ⟨n⟩, formulas as ⟦tex⟧. */
function line(parts: readonly AnswerPart[]): string {
  return parts
    .map((part) => (part.type === 'text' ? part.text : part.type === 'citation' ? `⟨${part.number}⟩` : `⟦${part.tex}⟧`))
    .join('');
}

const cases: readonly (readonly [string, string])[] = [
  ['It is slow [1].', 'It is slow ⟨1⟩.'],
  ['It is slow.[1][3] Next', 'It is slow.⟨1⟩⟨3⟩ Next'],
  ['a [1, 2] b [2;3] c', 'a ⟨1⟩⟨2⟩ b ⟨2⟩⟨3⟩ c'],
  ['a [1-3] b [4–5]', 'a ⟨1⟩⟨2⟩⟨3⟩ b ⟨4⟩⟨5⟩'],
  ['a【2】b [ 3 ] [^4] [Passage 5] [source 1]', 'a⟨2⟩b ⟨3⟩ ⟨4⟩ ⟨5⟩ ⟨1⟩'],
  ['written \\[1\\] so', 'written ⟨1⟩ so'],
  ['a link [1](#passage-1) too', 'a link ⟨1⟩ too'],
  // Numbers that weren't in the prompt leave no trace.
  ['It is slow [9]. And [12] on', 'It is slow. And on'],
  ['a [1, 9]', 'a ⟨1⟩'],
  // Intervals, indices and other brackets are what they are.
  ['in [0, 1] and [-1, 1] and [0.5, 1] and [2024]', 'in [0, 1] and [-1, 1] and [0.5, 1] and [2024]'],
  ['x[1] and w_2[3] and a[1][2]', 'x[1] and w_2[3] and a[1][2]'],
  ['bandwidth[1] is', 'bandwidth⟨1⟩ is'],
  ['`a[1]` and ``b ` [2]``', '`a[1]` and ``b ` [2]``'],
  ['an open ` tick [1]', 'an open ` tick ⟨1⟩'],
  ['```python\nx = a[1]\n```\nthen [1]', '```python\nx = a[1]\n```\nthen ⟨1⟩'],
  ['- item\n  ```\n  a[2]\n  ```\n- [2]', '- item\n  ```\n  a[2]\n  ```\n- ⟨2⟩'],
  ['~~~\n[1]\n', '~~~\n[1]\n'],
  ['$x_{[1]}$ and $$\ny[2]\n$$ [3]', '⟦x_{[1]}⟧ and ⟦y[2]⟧ ⟨3⟩'],
  ['\\(a[1]\\) and \\[ b[2] \\] [3]', '⟦a[1]⟧ and ⟦b[2]⟧ ⟨3⟩'],
  ['costs $5 and $6 [1]', 'costs $5 and $6 ⟨1⟩'],
  ['from $5/$6 to US$7 [1]', 'from $5/$6 to US$7 ⟨1⟩'],
  // No links: their bracket is escaped.
  ['[here](https://x.org) ![p](q) [a]: b', '[here]\\(https://x.org) ![p]\\(q) [a]\\: b'],
  ['open [12', 'open [12'],
  ['', ''],
];

for (const [written, expected] of cases) {
  test(`${JSON.stringify(written)} is read as ${JSON.stringify(expected)}`, () => {
    assert.equal(line(read([written])), expected);
  });
}

test('where the tokens are broken changes nothing', () => {
  const random = randomFrom(7);
  const pool = cases.map(([written]) => written);
  for (let round = 0; round < 300; round++) {
    const text = Array.from({ length: 4 }, () => pool[Math.floor(random() * pool.length)] ?? '').join(
      random() < 0.5 ? '\n\n' : ' ',
    );
    const whole = read([text]);
    assert.deepEqual(read(inPieces(text, random, 1 + Math.floor(random() * 9))), whole, JSON.stringify(text));
    assert.deepEqual(read(characters(text)), whole, JSON.stringify(text));
  }
});

test('nothing that the model writes makes a citation of a passage that was not in the prompt', () => {
  const random = randomFrom(11);
  const alphabet = [
    '[',
    ']',
    '1',
    '7',
    '99',
    ',',
    ' ',
    '`',
    '$',
    '\\',
    '(',
    ')',
    '【',
    '】',
    '-',
    'x',
    '\n',
    '```',
    '[8]',
    '[2',
  ];
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: 14 }, () => alphabet[Math.floor(random() * alphabet.length)] ?? '').join('');
    for (const part of read(inPieces(text, random))) {
      if (part.type === 'citation') assert.ok(part.number >= 1 && part.number <= 5, JSON.stringify(text));
    }
  }
});

test('text that can be nothing else is not held back', () => {
  const stream = createCitationStream(() => true);
  assert.deepEqual(stream.append('Plain words'), [{ type: 'text', text: 'Plain words' }]);
  assert.deepEqual(stream.append(' [1'), []);
  assert.deepEqual(stream.append('] '), [
    { type: 'text', text: ' ' },
    { type: 'citation', number: 1 },
  ]);
});
