// A chapter's body → its HTML, its passages and what it refers to. Each heading opens a passage; each sentence is marked, so
// that a citation can point at it.

import type { Token } from 'markdown-it';
import type { Heading } from '../curriculum.ts';
import type { Passage, Sentence } from '../passages.ts';
import { passageId, resourcesAnchor, summaryAnchor } from '../passages.ts';
import { parseLink, type LinkTarget, type Markdown, type RenderContext } from './markdown.ts';
import type { Report } from './problem.ts';
import { inlineText, splitSentences } from './sentences.ts';
import { symbolCheck } from './symbols.ts';
import type { MarkTerms } from './terms.ts';

export interface FigureUse {
  readonly file: string;
  readonly alternative: string;
  readonly caption: string;
  readonly line: number;
}

export interface ChapterText {
  readonly html: string;
  readonly headings: readonly Heading[];
  readonly passages: readonly Passage[];
  readonly links: readonly (LinkTarget & { readonly line: number })[];
  readonly words: number;
  readonly figures: number;
}

export interface ChapterTextParts {
  readonly markdown: Markdown;
  readonly texStyles: Map<string, string>;
  /** The finished markup of a figure; reports what is wrong with it. */
  readonly figure: (use: FigureUse) => string;
  readonly markTerms: MarkTerms;
  readonly report: Report;
}

/** Renders `body`, whose first line is line `firstLine` of the chapter's file. */
export function chapterText(chapterId: string, body: string, firstLine: number, parts: ChapterTextParts): ChapterText {
  const { markdown } = parts;
  const report: Report = (line, message) => {
    parts.report(line + firstLine - 1, message);
  };
  const env: RenderContext & Record<PropertyKey, unknown> = { texStyles: parts.texStyles, report, line: 1 };
  const tokens = markdown.parse(body, env);

  const headings: Heading[] = [];
  const passages: Passage[] = [];
  const links: (LinkTarget & { line: number })[] = [];
  const anchors = new Set<string>([summaryAnchor, resourcesAnchor]);
  const symbols = symbolCheck();
  let html = '';
  let words = 0;
  let figures = 0;
  let open: { heading: Heading; sentences: Sentence[]; unquoted: string[] } | undefined;
  let inTable = false;
  let afterFormula = false;

  const closePassage = (): void => {
    if (!open) return;
    const { heading, sentences, unquoted } = open;
    passages.push({
      id: passageId(chapterId, heading.anchor),
      chapterId,
      anchor: heading.anchor,
      heading: heading.title,
      sentences,
      unquoted: unquoted.join(' '),
    });
    html += '</section>\n';
    open = undefined;
    symbols.endPassage(report);
  };
  const render = (token: Token): string => markdown.renderer.render([token], markdown.options, env);
  const collectLinks = (children: readonly Token[]): void => {
    for (const child of children) {
      const target = child.type === 'link_open' ? parseLink(String(child.attrGet('href') ?? '')) : undefined;
      if (target) links.push({ ...target, line: env.line + firstLine - 1 });
    }
  };
  const sentenceOf = (group: Token[]): { sentence: Sentence; marked: string } => {
    const text = inlineText(group).replace(/\s+/g, ' ').trim();
    const unlinked = group.filter((token) => !/^(link|term)_/.test(token.type));
    const marked = `<span class="sentence" data-sentence="${markdown.utils.escapeHtml(text)}">${markdown.renderer.renderInline(group, markdown.options, env)}</span>`;
    return { sentence: { text, html: markdown.renderer.renderInline(unlinked, markdown.options, env).trim() }, marked };
  };

  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    if (token.map) env.line = token.map[0] + 1;
    const inline = tokens[i + 1];

    if (token.type === 'heading_open') {
      const heading = readHeading(token, inline, env.line, anchors, report);
      i += 2;
      if (!heading) continue;
      closePassage();
      headings.push(heading);
      open = { heading, sentences: [], unquoted: [] };
      const tag = `h${heading.level}`;
      const title = markdown.utils.escapeHtml(heading.title);
      html += `<section class="passage" id="${heading.anchor}" data-level="${heading.level}"><${tag} tabindex="-1">${title}</${tag}>\n`;
      continue;
    }
    if (!open && token.type !== 'inline' && token.nesting !== -1)
      report(env.line, 'the text must start with a heading (## Title {#anchor})');

    const image = token.type === 'paragraph_open' ? figureIn(inline) : undefined;
    if (image) {
      const use = {
        file: String(image.attrGet('src') ?? ''),
        alternative: image.content,
        caption: String(image.attrGet('title') ?? ''),
        line: env.line + firstLine - 1,
      };
      const caption = use.caption && `<figcaption>${markdown.renderInline(use.caption, env)}</figcaption>`;
      html += `<figure>${parts.figure(use)}${caption}</figure>\n`;
      open?.unquoted.push(`${use.caption} ${use.alternative}`);
      figures++;
      i += 2;
      continue;
    }
    if (token.type === 'table_open') inTable = true;
    if (token.type === 'table_close') inTable = false;

    if (token.type === 'inline') {
      const children = token.children ?? [];
      collectLinks(children);
      for (const child of children) if (child.type === 'math_inline') symbols.inline(child.content);
      const plain = inlineText(children);
      words += plain.split(/\s+/).filter((word) => /\w/.test(word)).length;
      if (inTable) {
        open?.unquoted.push(plain);
        html += markdown.renderer.renderInline(children, markdown.options, env);
      } else {
        const id = passageId(chapterId, open?.heading.anchor ?? summaryAnchor);
        const groups = splitSentences(parts.markTerms(children, id));
        for (const group of open?.heading.anchor === misconceptionsAnchor ? withCorrection(groups) : groups) {
          const { sentence, marked } = sentenceOf(group);
          if (afterFormula && /^[a-z]/.test(sentence.text)) joinFormula(open?.sentences, sentence.text, sentence.html);
          else open?.sentences.push(sentence);
          afterFormula = false;
          html += marked;
        }
      }
      continue;
    }
    if (token.type === 'math_block') {
      symbols.formula(token.content, env.line);
      joinFormula(open?.sentences, inlineText([token]), render(token));
      afterFormula = true;
    }
    if (token.type === 'fence') open?.unquoted.push(token.content);
    html += render(token);
  }
  closePassage();
  return { html, headings, passages, links, words, figures };
}

const misconceptionsAnchor = 'misconceptions';

/** A false belief (the bold opening of its paragraph) is never quoted without the sentence that corrects it. */
function withCorrection(groups: readonly Token[][]): readonly Token[][] {
  const [belief, correction, ...rest] = groups;
  return belief?.[0]?.type === 'strong_open' && correction ? [[...belief, ...correction], ...rest] : groups;
}

/** A formula on lines of its own belongs to the sentence around it: "The step is" + "Δ = …" + "where…" is quoted as one. */
function joinFormula(sentences: Sentence[] | undefined, text: string, html: string): void {
  const last = sentences?.at(-1);
  if (!sentences || !last || /[.!?]["'”’)]*$/.test(last.text)) return;
  sentences[sentences.length - 1] = { text: `${last.text} ${text}`, html: `${last.html} ${html}` };
}

function figureIn(inline: Token | undefined): Token | undefined {
  const [only, ...others] = inline?.children ?? [];
  return others.length === 0 && only?.type === 'image' ? only : undefined;
}

function readHeading(
  token: Token,
  inline: Token | undefined,
  line: number,
  anchors: Set<string>,
  report: Report,
): Heading | undefined {
  const level = token.tag === 'h2' ? 2 : token.tag === 'h3' ? 3 : undefined;
  const [, title, anchor] = /^(.+?)\s*\{#([a-z0-9]+(?:-[a-z0-9]+)*)\}$/.exec(inline?.content ?? '') ?? [];
  if (!level) {
    report(line, 'headings are ## or ###');
    return undefined;
  }
  if (title === undefined || anchor === undefined) {
    report(line, 'a heading ends with its anchor: ## Title {#anchor-of-lower-case-words}');
    return undefined;
  }
  if (anchors.has(anchor))
    report(line, `the anchor "${anchor}" stands twice in this chapter (or is taken: "summary", "resources")`);
  anchors.add(anchor);
  return { anchor, title, level };
}
