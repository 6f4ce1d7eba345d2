import MarkdownIt from 'markdown-it';
import { cutPassages } from '../../core/library/cutPassages.ts';
import type { DocumentText } from '../../core/library/documentText.ts';
import { ExtractError } from './extractError.ts';
import { bodyOf, safeArticle } from './safeArticle.ts';

/** Nothing but Markdown: HTML in it is shown as text. */
const markdown = new MarkdownIt({ html: false, linkify: false });

/** Reads a Markdown file. Throws an ExtractError. */
export function markdownText(source: string, address: string): DocumentText {
  // Front matter is for programs.
  const body = source.replace(/^\uFEFF?---\r?\n[\s\S]*?\r?\n---\r?\n/, '');
  const { html, blocks } = safeArticle(bodyOf(markdown.render(body)), address);
  if (blocks.length === 0) throw new ExtractError('empty', 'no text in the file');
  const headings = blocks.filter(({ kind }) => kind === 'heading');
  const title = headings[0]?.text;
  return {
    ...(title !== undefined && { title }),
    outline: headings.map(({ text, level = 1, anchor }) => ({
      title: text,
      level,
      ...(anchor !== undefined && { anchor }),
    })),
    passages: cutPassages(blocks).passages,
    html,
  };
}
