import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Resource } from '../../../../src/core/curriculum.ts';
import { bibtex } from '../../../../src/core/library/bibliography/bibtex.ts';
import { resourceReference } from '../../../../src/core/library/bibliography/describe.ts';
import type { Reference } from '../../../../src/core/library/bibliography/reference.ts';
import { readBibtex } from './readWritten.ts';
import { paper } from './someReferences.ts';

function entryOf(reference: Reference): { type: string; fields: Record<string, string> } {
  const [entry] = readBibtex(bibtex({ ...reference, key: 'k' }));
  assert.ok(entry);
  return { type: entry.type, fields: Object.fromEntries(entry.fields) };
}

const fieldsOf = (resource: Partial<Resource>) => entryOf(resourceReference({ ...paper, ...resource }));

test('the entry of an arXiv paper', () => {
  assert.equal(
    bibtex({ ...resourceReference(paper), key: 'dao2022flashattention', arxivClass: 'cs.LG', accessed: '2026-11-29' }),
    `@misc{dao2022flashattention,
  title = {{FlashAttention: Fast and Memory-Efficient Exact Attention}},
  author = {Dao, Tri and Fu, Daniel Y.},
  year = {2022},
  eprint = {2205.14135},
  archivePrefix = {arXiv},
  primaryClass = {cs.LG},
  url = {https://arxiv.org/abs/2205.14135},
  urldate = {2026-11-29},
}
`,
  );
});

test('the type of an entry follows from kind and address', () => {
  assert.equal(fieldsOf({ kind: 'book', url: 'https://arxiv.org/abs/1909.05207' }).type, 'book');
  assert.equal(fieldsOf({ kind: 'book', url: 'https://arxiv.org/abs/1909.05207' }).fields['eprint'], '1909.05207');
  assert.equal(fieldsOf({ kind: 'book-chapter', url: 'https://d2l.ai/x' }).type, 'inbook');
  const jmlr = fieldsOf({ url: 'https://www.jmlr.org/papers/v3/blei03a.html' });
  assert.equal(jmlr.type, 'article');
  assert.equal(jmlr.fields['journal'], 'Journal of Machine Learning Research');
  const neurips = fieldsOf({ url: 'https://proceedings.neurips.cc/paper/2017/x' });
  assert.equal(neurips.type, 'inproceedings');
  assert.equal(neurips.fields['booktitle'], 'Advances in Neural Information Processing Systems');
  const doi = fieldsOf({ url: 'https://doi.org/10.1162/neco.1997.9.8.1735' });
  assert.equal(doi.type, 'article');
  assert.equal(doi.fields['doi'], '10.1162/neco.1997.9.8.1735');
  const video = fieldsOf({ kind: 'video', url: 'https://www.youtube.com/watch?v=gMOAud7hZg4' });
  assert.equal(video.type, 'misc');
  assert.equal(video.fields['howpublished'], 'Video');
  assert.equal(fieldsOf({ url: 'https://constructor.com/x' }).type, 'misc');
});

test('what a bibliography says of a text comes out again', () => {
  const thesis = entryOf({ kind: 'paper', title: 'T', publication: 'thesis', publisher: 'ETH Zürich' });
  assert.deepEqual([thesis.type, thesis.fields['school']], ['phdthesis', 'ETH Zürich']);
  const report = entryOf({
    kind: 'paper',
    title: 'T',
    publication: 'report',
    publisher: 'RAND',
    abstract: '50 % of it',
  });
  assert.deepEqual([report.type, report.fields['institution']], ['techreport', 'RAND']);
  assert.equal(report.fields['abstract'], '50 \\% of it');
});

test('authors are people, organisations in braces, and others', () => {
  const author = (creators: string): string | undefined => fieldsOf({ creators }).fields['author'];
  assert.equal(author('Sepp Hochreiter, Jürgen Schmidhuber'), 'Hochreiter, Sepp and Schmidhuber, Jürgen');
  assert.equal(author('Sutton, Richard S.; Barto, Andrew G.'), 'Sutton, Richard S. and Barto, Andrew G.');
  assert.equal(author('Yuntao Bai et al. (Anthropic)'), 'Bai, Yuntao and others');
  assert.equal(author('Gabriel Goh et al. (OpenAI, Distill)'), 'Goh, Gabriel and others');
  assert.equal(author('A. Rush, A. Huang et al. (Harvard NLP)'), 'Rush, A. and Huang, A. and others');
  assert.equal(author('Sebastian Raschka, Yuxi (Hayden) Liu'), 'Raschka, Sebastian and Liu, Yuxi (Hayden)');
  assert.equal(author('Stanford University'), '{Stanford University}');
  assert.equal(author('Hugging Face'), '{Hugging Face}');
  assert.equal(author('OpenAI'), 'OpenAI');
  assert.equal(author('Ben and Jerry; AT&T Labs'), '{Ben and Jerry} and {AT\\&T Labs}');
  assert.equal(author('Leandro von Werra'), 'von Werra, Leandro');
  assert.equal(author('Laurens van der Maaten, John Smith, Jr.'), 'van der Maaten, Laurens and Smith, Jr, John');
  assert.equal(author('Meta Platforms, Inc., Ada Lovelace'), '{Meta Platforms, Inc.} and Lovelace, Ada');
  assert.equal(author(', ;'), undefined);
});

test('characters that mean something to TeX are escaped, and braces stay balanced', () => {
  const { fields } = fieldsOf({
    title: '100% of $5 & #1_a ~ ^ \\ } { {}',
    creators: 'A_B}',
    url: 'https://e.com/{a}%20_b~c#d',
  });
  assert.equal(
    fields['title'],
    '{100\\% of \\$5 \\& \\#1\\_a \\textasciitilde{} \\textasciicircum{} \\textbackslash{} \\textbraceright{} \\textbraceleft{} \\textbraceleft{}\\textbraceright{}}',
  );
  assert.equal(fields['author'], '{A\\_B\\textbraceright{}}');
  // Taken letter by letter, not as TeX.
  assert.equal(fields['url'], 'https://e.com/%7Ba%7D%20_b~c#d');
});

test('what is unknown or not let out is left out', () => {
  const { year: _, ...undated } = paper;
  const text = bibtex({ ...resourceReference({ ...undated, url: 'http://example.com', creators: '' }), key: 'k' });
  assert.doesNotMatch(text, /year|url|author|undefined/);
});
