import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import MarkdownIt from 'markdown-it';
import { parse } from 'yaml';
import type { Resource } from '../../src/core/curriculum.ts';
import { arxivAddresses, arxivId, httpsOnly, markdownLink } from '../../src/core/resourceLinks.ts';

const paper: Resource = {
  id: 'flashattention-paper',
  title: 'FlashAttention: Fast and Memory-Efficient Exact Attention',
  creators: 'Tri Dao; Daniel Y. Fu',
  kind: 'paper',
  url: 'https://arxiv.org/abs/2205.14135',
  year: 2022,
  level: 'advanced',
  access: 'free',
  minutes: 90,
};

function curriculumResources(): Resource[] {
  const files = globSync(new URL('../../curriculum/**/*.resources.yaml', import.meta.url).pathname);
  return files
    .flatMap((file) => (parse(readFileSync(file, 'utf8')) ?? []) as Partial<Resource>[])
    .filter((entry): entry is Resource => entry.id !== undefined);
}

test('the gate lets plain https through', () => {
  for (const url of [
    'https://arxiv.org/abs/2205.14135',
    'https://medium.com/@gitau_am/a-friendly-introduction',
    'https://example.com',
    'https://example.com?q=1#@fragment',
    'https://example.com:8443/a(b)c/%20?x=[1]&y={2}|3',
    'https://de.wikipedia.org/wiki/Künstliche_Intelligenz',
    'https://xn--mnchen-3ya.de/',
  ]) {
    assert.equal(httpsOnly(url), url);
  }
  assert.equal(httpsOnly('HTTPS://Example.COM/Path'), 'https://example.com/Path');
});

test('the gate refuses everything else', () => {
  for (const url of [
    '',
    'https:',
    'https://',
    'https:///example.com',
    'https:/example.com',
    'https:example.com',
    '//example.com',
    'example.com',
    'http://example.com',
    'httpss://example.com',
    'javascript:alert(1)//https://example.com',
    'file:///etc/passwd',
    'vscode://file/etc/passwd',
    'command:workbench.action.quit',
    'data:text/html,https://example.com',
    ' https://example.com',
    'https://example.com ',
    'https://example.com/a b',
    'https://example.com/a\tb',
    'https://example.com/a\nb',
    'https://example.com/\u0000',
    'https://example.com/\u007f',
    'https://example.com/\u0085',
    'https://example.com/\u00a0',
    'https://example.com/\u2028',
    'https://example.com/\u200b',
    'https://example.com/\u202egpj.exe',
    'https://example.com/\ufeff',
    'https://example.com/\ud800',
    'https://example.com\\@evil.com/',
    'https:\\\\example.com',
    'https://example.com/a\\b',
    'https://example.com/"onclick="x',
    'https://example.com/<script>',
    'https://user@example.com/',
    'https://user:pass@example.com/',
    'https://@example.com/',
    'https://example.com:80@evil.com/',
    'https://example.com%2eevil.com/',
    'https://exa%6dple.com/',
    'https://еxample.com/',
    'https://example。com/',
    'https://localhost/',
    'https://foo.localhost/',
    'https://printer.local/',
    'https://metadata.google.internal/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f.0x1/',
    'https://2130706433/',
    'https://[::1]/',
    'https://.example.com/',
    'https://example..com/',
    'https://example.com./',
    'https://-example.com/',
    'https://example-.com/',
    'https://example.com:/',
    'https://example.com:0/',
    'https://example.com:65536/',
    'https://example.com:44a/',
    `https://example.com/${'a'.repeat(5000)}`,
    `https://${'a.'.repeat(200)}com/`,
    `https://${'a'.repeat(64)}.com/`,
  ]) {
    assert.equal(httpsOnly(url), undefined, JSON.stringify(url));
  }
});

test('what passes the gate means the same to a browser', () => {
  // Every pair of awkward pieces put into every place of an address.
  const pieces = [
    '',
    'a',
    '.',
    '@',
    ':',
    '/',
    '//',
    '?',
    '#',
    '\\',
    '%',
    '%2f',
    '[',
    '0',
    '443',
    '-',
    '_',
    'xn--',
    'é',
    '\t',
    ';',
    '&',
  ];
  let passed = 0;
  for (const one of pieces) {
    for (const two of pieces) {
      for (const url of [
        `https:${one}${two}example.com/`,
        `https://${one}example${two}.com/`,
        `https://example.com${one}${two}`,
      ]) {
        const through = httpsOnly(url);
        if (through === undefined) continue;
        // A made-up "xn--" label need not be valid; a browser then refuses, which is safe.
        if (!URL.canParse(through)) {
          assert.match(through, /xn--/);
          continue;
        }
        passed++;
        const seen = new URL(through);
        assert.equal(seen.protocol, 'https:', url);
        assert.equal(seen.username + seen.password, '', url);
        assert.equal(seen.hostname, /^https:\/\/([^/?#:]+)/.exec(through)?.[1], url);
      }
    }
  }
  assert.ok(passed > 100, `${passed} passed`);
});

test('an arXiv paper is known by any of its addresses', () => {
  for (const url of [
    'https://arxiv.org/abs/2205.14135',
    'https://arxiv.org/abs/2205.14135v2',
    'https://arxiv.org/pdf/2205.14135',
    'https://arxiv.org/pdf/2205.14135.pdf',
    'https://arxiv.org/pdf/2205.14135v1.pdf#page=3',
    'https://arxiv.org/html/2205.14135v2/',
    'https://www.arxiv.org/abs/2205.14135?context=cs.LG',
    'https://export.arxiv.org/abs/2205.14135',
    'HTTPS://ARXIV.ORG/abs/2205.14135',
  ]) {
    assert.equal(arxivId(url), '2205.14135', url);
  }
  assert.equal(arxivId('https://arxiv.org/abs/0704.0001'), '0704.0001');
  assert.equal(arxivId('https://arxiv.org/abs/cs/0112017'), 'cs/0112017');
  assert.equal(arxivId('https://arxiv.org/pdf/math.GT/0309136v1'), 'math.GT/0309136');
  assert.equal(arxivId('https://arxiv.org/abs/hep-th/9901001'), 'hep-th/9901001');
});

test('what is no arXiv paper has no arXiv id', () => {
  for (const url of [
    'https://arxiv.org/list/cs.AI/recent',
    'https://arxiv.org/',
    'https://arxiv.org/abs/2213.14135',
    'https://arxiv.org/abs/2200.14135',
    'https://arxiv.org/abs/2205.141',
    'https://arxiv.org/abs/2205.141355',
    'https://arxiv.org/abs/2205.14135v0',
    'https://arxiv.org/abs/2205.14135/../../list',
    'https://arxiv.org/abs/2205.14135x',
    'https://arxiv.org.evil.com/abs/2205.14135',
    'https://evil.com/arxiv.org/abs/2205.14135',
    'https://evil.com/?https://arxiv.org/abs/2205.14135',
    'https://notarxiv.org/abs/2205.14135',
    'https://user@arxiv.org/abs/2205.14135',
    'http://arxiv.org/abs/2205.14135',
    'https://arxiv.org/abs/cs/011201',
    '2205.14135',
    '',
  ]) {
    assert.equal(arxivId(url), undefined, url);
    assert.equal(arxivAddresses(url), undefined, url);
  }
});

test('an arXiv paper has three addresses, of the version asked for', () => {
  assert.deepEqual(arxivAddresses('https://arxiv.org/pdf/2205.14135v2.pdf'), {
    abstract: 'https://arxiv.org/abs/2205.14135v2',
    pdf: 'https://arxiv.org/pdf/2205.14135v2',
    html: 'https://arxiv.org/html/2205.14135v2',
  });
  assert.equal(arxivAddresses('https://arxiv.org/abs/cs/0112017')?.pdf, 'https://arxiv.org/pdf/cs/0112017');
});

test('a resource that has moved is linked where it is now', () => {
  const moved = { ...paper, replacement: 'https://example.org/new' };
  assert.equal(markdownLink(moved), markdownLink({ ...paper, url: 'https://example.org/new' }));
});

test('a Markdown link is one link with that title and address, whatever they hold', () => {
  const markdown = new MarkdownIt();
  const nasty = [
    'Plain',
    '[D] Gemini 1M/10M token context window how?',
    'a](https://evil.com) [b',
    '](javascript:alert(1))',
    '![image](x)',
    'back\\slash \\] end\\',
    '*bold* _em_ `code` ~~gone~~ <b>html</b> &amp; &#65; | $x$',
    '# not a heading',
    'line\nbreak\r\n\r\nparagraph',
    '<https://evil.com>',
    '``[`',
  ];
  for (const title of nasty) {
    for (const url of [
      'https://example.com/a',
      'https://en.wikipedia.org/wiki/Attention_(machine_learning)',
      'https://e.com/)(x)[y]?a=*b*&amp;c',
    ]) {
      const text = markdownLink({ ...paper, title, url });
      const [open, inline, ...rest] = markdown.parse(`- ${text}`, {}).filter((token) => !token.type.includes('list'));
      assert.equal(open?.type, 'paragraph_open', text);
      assert.equal(rest.length, 1, text);
      const tokens = inline?.children ?? [];
      const links = tokens.filter((token) => token.type === 'link_open');
      assert.equal(links.length, 1, text);
      assert.equal(tokens[0]?.type, 'link_open', text);
      assert.equal(tokens.at(-1)?.type, 'link_close', text);
      const inside = tokens.slice(1, -1);
      assert.ok(
        inside.every((token) => token.type.startsWith('text')),
        text,
      );
      assert.equal(inside.map((token) => token.content).join(''), title.replace(/\s+/g, ' '));
      const href = String(links[0]?.attrGet('href'));
      assert.equal(decodeURIComponent(href).replaceAll('&amp;', '&'), decodeURIComponent(url).replaceAll('&amp;', '&'));
    }
  }
  assert.equal(markdownLink({ ...paper, title: 'x', url: 'javascript:alert(1)' }), 'x');
});

test('every resource of the curriculum has its links', () => {
  const resources = curriculumResources();
  assert.ok(resources.length >= 367, `${resources.length} resources`);
  const markdown = new MarkdownIt();
  for (const resource of resources) {
    assert.equal(httpsOnly(resource.url), resource.url, resource.id);
    assert.equal(new URL(resource.url).protocol, 'https:');
    if (resource.url.includes('arxiv.org/') && !resource.url.includes('/list/')) {
      assert.equal(arxivAddresses(resource.url)?.abstract, resource.url);
    }
    const rendered = markdown.renderInline(markdownLink(resource));
    assert.equal(rendered.match(/<a /g)?.length, 1, rendered);
  }
});
