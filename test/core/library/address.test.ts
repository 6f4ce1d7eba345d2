import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fetchAddress, redirectAddress, savedAs, strictRules } from '../../../src/core/library/address.ts';

test('an https address of a public host is fetched, without its fragment', () => {
  assert.equal(fetchAddress('https://Example.com', strictRules), 'https://example.com/');
  assert.equal(fetchAddress('https://example.com:443/a?b=c#d', strictRules), 'https://example.com/a?b=c');
  assert.equal(fetchAddress('https://example.com?b#d', strictRules), 'https://example.com/?b');
});

test('every other address is refused', () => {
  const refused = [
    ...[
      'http://example.com/',
      'ftp://example.com/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:text/html,x',
      '',
    ],
    ...[
      'https://user:secret@example.com/',
      'https://user@example.com/',
      'https://example.com:22/',
      'https://example.com:8443/',
    ],
    ...[
      'https://localhost/',
      'https://router/',
      'https://printer.local/',
      'https://metadata.internal/',
      'https://a.localhost/',
    ],
    // One address of this machine in many spellings.
    ...['https://127.0.0.1/', 'https://127.1/', 'https://2130706433/', 'https://0x7f000001/', 'https://0177.0.0.1/'],
    ...[
      'https://0x7f.1/',
      'https://0/',
      'https://0.0.0.0/',
      'https://[::1]/',
      'https://[::ffff:127.0.0.1]/',
      'https://①②⑦.⓪.⓪.①/',
    ],
    ...[
      'https://8.8.8.8/',
      'https://exa mple.com/',
      'https://example.com\\@evil.com/',
      'https:/example.com',
      'https://example.com./',
    ],
    ...['https://exam\u200bple.com/', ' https://example.com/', 'https://example.com/\n'],
    ...['http://127.0.0.1:8080/', 'http://name.test:8080/'],
  ];
  assert.deepEqual(
    refused.filter((address) => fetchAddress(address, strictRules) !== undefined),
    [],
  );
});

test('a redirect is held to the same rules, after the repairs that a browser would make', () => {
  const from = 'https://example.com/papers/one';
  const to = (location: string): string | undefined => redirectAddress(location, from, strictRules);
  assert.equal(to('two.pdf'), 'https://example.com/papers/two.pdf');
  assert.equal(to('//other.org/x y'), 'https://other.org/x%20y');
  assert.equal(to('\\\\other.org\\x'), 'https://other.org/x');
  const refused = [
    ...['http://example.com/', 'https://0x7f.1/', 'https://2130706433/', '//127.1/', '//[::1]/', 'https://①②⑦.⓪.⓪.①/'],
    ...[
      'https://a:b@example.com/',
      '//x@169.254.169.254/',
      'file:///etc/passwd',
      'javascript:1',
      'https://example.com:22/',
      '//localhost',
    ],
    ...['https://', 'http://['],
  ];
  assert.deepEqual(
    refused.filter((location) => to(location) !== undefined),
    [],
  );
});

test('loopback is there for tests alone', () => {
  const rules = { permitLoopback: true };
  assert.equal(fetchAddress('http://127.0.0.1:8080/x#y', rules), 'http://127.0.0.1:8080/x');
  assert.equal(fetchAddress('http://name.test:8080/x', rules), 'http://name.test:8080/x');
  for (const refused of [
    'http://127.0.0.2:80/',
    'http://example.com:80/',
    'http://127.0.0.1@evil.com:80/',
    'http://10.0.0.1:80/',
  ]) {
    assert.equal(fetchAddress(refused, rules), undefined, refused);
  }
  assert.equal(redirectAddress('http://127.0.0.1:80/', 'https://example.com/', rules), undefined);
});

test('every link to a paper on arXiv is one document: the PDF, and the page where there is one', () => {
  const paper = savedAs('https://arxiv.org/abs/2205.14135');
  assert.deepEqual(paper, savedAs('https://www.arxiv.org/pdf/2205.14135.pdf'));
  assert.equal(paper?.address, 'https://arxiv.org/abs/2205.14135');
  assert.deepEqual(paper.copies, [
    { form: 'main', address: 'https://arxiv.org/pdf/2205.14135', optional: false },
    { form: 'html', address: 'https://arxiv.org/html/2205.14135', optional: true },
  ]);
});

test('of a film the link is kept and nothing is fetched', () => {
  for (const film of [
    'https://www.youtube.com/watch?v=kCc8FmEb1nY',
    'https://youtu.be/kCc8FmEb1nY',
    'https://vimeo.com/1',
  ]) {
    assert.deepEqual(savedAs(film), { address: film, copies: [] });
  }
  assert.equal(savedAs('https://notyoutube.com/watch')?.copies.length, 1);
});
