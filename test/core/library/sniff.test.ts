import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageTitle, sniff } from '../../../src/core/library/sniff.ts';
import type { SniffHints } from '../../../src/core/library/sniff.ts';

const nothing: SniffHints = { name: '', mime: '' };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const of = (text: string, hints: Partial<SniffHints> = {}): string | undefined =>
  sniff(bytes(text), { ...nothing, ...hints });

test('each kind of text is known by its beginning, whatever the server calls it', () => {
  const wrong = { mime: 'image/png', name: 'x.exe' };
  assert.equal(of('%PDF-1.7\n%âãÏÓ', wrong), 'pdf');
  assert.equal(sniff(Uint8Array.from([0, 1, 2, ...bytes('\r\n%PDF-1.4')]), nothing), 'pdf');
  assert.equal(of('<!DOCTYPE html><html>', wrong), 'html');
  assert.equal(of('\uFEFF\n <!-- a > b --> <html lang="en">', wrong), 'html');
  assert.equal(of('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">', wrong), 'html');
  assert.equal(of('WEBVTT\n\n00:00.000 --> 00:01.000\nHi', wrong), 'vtt');
  assert.equal(of('1\r\n00:00:00,000 --> 00:00:01,000\r\nHi', wrong), 'srt');
  assert.equal(of('# A title', { name: 'notes.md' }), 'markdown');
  assert.equal(of('# A title', { mime: 'text/markdown; charset=utf-8' }), 'markdown');
  assert.equal(of('Just words. Grüße.', wrong), 'text');
});

test('UTF-16 is looked through', () => {
  const little = Uint8Array.from([0xff, 0xfe, ...[...bytes('<html>')].flatMap((each) => [each, 0])]);
  const big = Uint8Array.from([0xfe, 0xff, ...[...bytes('<html>')].flatMap((each) => [0, each])]);
  assert.equal(sniff(little, nothing), 'html');
  assert.equal(sniff(big, nothing), 'html');
});

test('what is no text is nothing, whatever the server calls it', () => {
  const html = { mime: 'text/html', name: 'x.html' };
  const others = [
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0],
    [0x50, 0x4b, 3, 4, 0x14, 0],
    [0x1f, 0x8b, 8, 0],
    [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0],
    [0x4d, 0x5a, 0x90, 0],
  ];
  for (const other of others) assert.equal(sniff(Uint8Array.from(other), html), undefined);
  assert.equal(of('<svg onload="alert(1)">', html), undefined);
  assert.equal(of('<?xml version="1.0"?><rss>', html), undefined);
  assert.equal(of('{"error":1}', { mime: 'application/json' }), undefined);
  assert.equal(of('  \n ', html), undefined);
  assert.equal(sniff(new Uint8Array(), html), undefined);
});

test('a page says its title', () => {
  assert.equal(pageTitle('<head><title lang="en">\n  A &amp; B &#8211; &#x1F600;\tC </title>'), 'A & B – 😀 C');
  assert.equal(pageTitle('<title></title>'), undefined);
  assert.equal(pageTitle('<p>no title'), undefined);
  assert.equal(pageTitle('<title>a &unknown; &#99999999; b</title>'), 'a &unknown; &#99999999; b');
});
