import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Resource } from '../../../src/core/curriculum.ts';
import { planSave } from '../../../src/core/library/savePlan.ts';

function resource(url: string, more: Partial<Resource> = {}): Resource {
  const base = {
    id: url,
    title: url,
    creators: 'Ann',
    kind: 'article',
    level: 'intro',
    access: 'free',
    minutes: 5,
  } as const;
  return { ...base, url, ...more };
}

const none = (): boolean => false;

test('a plan says what is fetched, from where and roughly how much, and what is left out', () => {
  const plan = planSave(
    [
      resource('https://arxiv.org/abs/2205.14135', { kind: 'paper' }),
      // The same paper in another chapter.
      resource('https://arxiv.org/pdf/2205.14135v1', { kind: 'paper' }),
      resource('https://arxiv.org/pdf/2205.14135', { kind: 'paper', id: 'again' }),
      resource('https://b.org/one'),
      resource('https://b.org/old', { replacement: 'https://c.org/new' }),
      resource('https://b.org/#two'),
      resource('https://b.org/kept'),
      resource('https://b.org/login', { access: 'login' }),
      resource('https://b.org/paid', { access: 'paywalled' }),
      resource('https://www.youtube.com/watch?v=x', { kind: 'video', access: 'login' }),
      resource('http://b.org/plain'),
    ],
    (address) => address === 'https://b.org/kept',
  );
  assert.deepEqual(
    plan.documents.map(({ address, copies }) => [address, copies.length]),
    [
      ['https://arxiv.org/abs/2205.14135', 2],
      ['https://arxiv.org/abs/2205.14135v1', 2],
      ['https://b.org/one', 1],
      ['https://c.org/new', 1],
      ['https://b.org/', 1],
      ['https://www.youtube.com/watch?v=x', 0],
    ],
  );
  assert.deepEqual([plan.fetched, plan.films, plan.kept, plan.refused], [5, 1, 1, 1]);
  assert.deepEqual(
    plan.closed.map(({ id }) => id),
    ['https://b.org/login', 'https://b.org/paid'],
  );
  assert.deepEqual(plan.hosts, ['arxiv.org', 'b.org', 'c.org']);
  assert.equal(plan.bytes, 2 * 3e6 + 3 * 3e5);
});

test('what the learner chose by itself is tried even if it needs an account', () => {
  const plan = planSave([resource('https://b.org/login', { access: 'login' })], none, { includeClosed: true });
  assert.deepEqual([plan.fetched, plan.closed.length], [1, 0]);
});
