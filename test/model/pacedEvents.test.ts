import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import type { GenerateEvent } from '../../src/core/model/language.ts';
import { paceEvents } from '../../src/model/pacedEvents.ts';

const text = (words: string, segment: 'answer' | 'thought' = 'answer'): GenerateEvent => ({
  type: 'text',
  segment,
  text: words,
});
const prefill = (evaluated: number): GenerateEvent => ({ type: 'prefill', evaluated, total: 900 });
const end: GenerateEvent = { type: 'prompt', tokens: 1, reused: 0 };

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
});

function paced(): { readonly sent: GenerateEvent[] } & ReturnType<typeof paceEvents> {
  const sent: GenerateEvent[] = [];
  return {
    sent,
    ...paceEvents((event) => {
      sent.push(event);
    }),
  };
}

test('the first text is sent at once, what follows too soon as one', () => {
  const { sent, push } = paced();
  push(text('a'));
  push(text('b'));
  push(text('c'));
  assert.deepEqual(sent, [text('a')]);
  mock.timers.tick(30);
  assert.deepEqual(sent, [text('a'), text('bc')]);
});

test('what comes slowly isn’t held back', () => {
  const { sent, push } = paced();
  for (const words of ['a', 'b', 'c']) {
    push(text(words));
    assert.deepEqual(sent.at(-1), text(words));
    mock.timers.tick(31);
  }
  assert.equal(sent.length, 3);
});

test('another kind of event ends the waiting, and the order stays', () => {
  const { sent, push } = paced();
  push(prefill(100));
  push(prefill(200));
  push(prefill(300));
  push(text('thinking', 'thought'));
  push(text(' on', 'thought'));
  push(text('so'));
  push(text(' on'));
  assert.deepEqual(sent, [prefill(100), prefill(300), text('thinking', 'thought'), text(' on', 'thought'), text('so')]);
  mock.timers.tick(30);
  assert.deepEqual(sent.at(-1), text(' on'));
});

test('nothing is lost at the end, and nothing comes after it', () => {
  const { sent, push, flush } = paced();
  push(text('a'));
  push(text('b'));
  flush();
  sent.push(end);
  mock.timers.tick(1000);
  assert.deepEqual(sent, [text('a'), text('b'), end]);
});
