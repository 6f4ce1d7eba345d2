import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTranscript } from '../../../src/core/library/transcript.ts';

test('WebVTT: cues with their times, without markup, notes and styles', () => {
  const file = `\uFEFFWEBVTT - a talk
Kind: captions

NOTE
00:00 is when it begins

STYLE
::cue { color: red }

intro
00:01.500 --> 00:03.000 align:start position:0%
<v Ann>Hello, <b>world</b> &amp; all

01:00:00.000 --> 01:00:02.250
Later<00:59:59.000><c> on</c>
`;
  assert.deepEqual(parseTranscript(file), [
    { start: 1.5, end: 3, text: 'Hello, world & all' },
    { start: 3600, end: 3602.25, text: 'Later on' },
  ]);
});

test('SubRip: numbers and line ends of every kind, with and without empty lines between', () => {
  const cues = [
    { start: 0, end: 1, text: 'One two' },
    { start: 1.02, end: 2.5, text: '3 times' },
  ];
  const file = '1\n00:00:00,000 --> 00:00:01,000\nOne\ntwo\n\n2\n00:00:01,020 --> 00:00:02,5\n{\\an8}<i>3 times</i>\n';
  assert.deepEqual(parseTranscript(file), cues);
  assert.deepEqual(parseTranscript(file.replaceAll('\n', '\r\n')), cues);
  assert.deepEqual(parseTranscript(file.replaceAll('\n', '\r')), cues);
  assert.deepEqual(parseTranscript(file.replace('\n\n', '\n')), cues);
});

test('rolling captions, of which each repeats the line before, are joined', () => {
  const file = `WEBVTT

00:00:00.000 --> 00:00:02.000
so today we will

00:00:02.000 --> 00:00:02.010
so today we will

00:00:02.010 --> 00:00:04.000
so today we will
look at attention

00:00:04.000 --> 00:00:04.010
look at attention

00:00:04.010 --> 00:00:06.000
look at attention
and at what it costs
`;
  assert.deepEqual(parseTranscript(file), [
    { start: 0, end: 2.01, text: 'so today we will' },
    { start: 2.01, end: 4.01, text: 'look at attention' },
    { start: 4.01, end: 6, text: 'and at what it costs' },
  ]);
});

test('a line that grows word by word is there once', () => {
  const file = `WEBVTT

00:00.000 --> 00:00.400
attention

00:00.400 --> 00:00.900
attention is

00:00.900 --> 00:02.000
attention is all
`;
  assert.deepEqual(parseTranscript(file), [{ start: 0, end: 2, text: 'attention is all' }]);
});

test('the same words after a pause are said again, and overlapping speakers stay', () => {
  const file = `WEBVTT

00:00.000 --> 00:01.000
Thank you

00:05.000 --> 00:06.000
Thank you

00:05.500 --> 00:06.500
Welcome
`;
  assert.deepEqual(
    parseTranscript(file).map(({ text }) => text),
    ['Thank you', 'Thank you', 'Welcome'],
  );
});

test('cues out of order are put in order; impossible times and files without cues give none', () => {
  const file =
    '00:05.000 --> 00:06.000\nb\n\n00:01.000 --> 00:02.000\na\n\n00:09.000 --> 00:08.000\nc\n\n999:00:00.000 --> 999:00:01.000\nd';
  assert.deepEqual(
    parseTranscript(file).map(({ text }) => text),
    ['a', 'b'],
  );
  for (const none of ['', 'WEBVTT', 'no transcript at all', '00:01.000 --> 00:02.000', '-->\n-->\n']) {
    assert.deepEqual(parseTranscript(none), []);
  }
});

test('a hostile file is cut down, not worked on for minutes', () => {
  assert.equal(parseTranscript(`WEBVTT\n\n${'00:01.000 --> 00:02.000\n'.repeat(50_000)}`).length, 0);
  assert.equal(parseTranscript(`00:01.000 --> 00:02.000\n${'<'.repeat(200_000)}`).length, 1);
  const [many] = parseTranscript(`00:01.000 --> 00:02.000\n${'x\n'.repeat(100_000)}`);
  assert.equal(many?.text, Array(20).fill('x').join(' '));
});
