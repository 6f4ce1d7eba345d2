// A chapter's quiz as it is shown: its words rendered once, at build time, with the passages that answer its items.

import type { Passage } from '../passages.ts';
import { passageText } from '../passages.ts';
import type { ChapterQuiz, QuizIndex, QuizItem as ShownItem, QuizPassage, QuizWords } from '../quizzes.ts';
import type { Markdown, RenderContext } from './markdown.ts';
import type { Report } from './problem.ts';
import type { QuizItem } from './quizFile.ts';

interface QuizTextParts {
  readonly markdown: Markdown;
  readonly texStyles: Map<string, string>;
  readonly report: Report;
}

/** Renders a quiz; `passages` are those of the chapter. Reports what has no place in the words of a quiz. */
export function chapterQuiz(
  chapterId: string,
  quiz: readonly QuizItem[],
  passages: readonly Passage[],
  parts: QuizTextParts,
): ChapterQuiz {
  const answering = new Set(quiz.map(({ passage }) => passage));
  return {
    items: quiz.map((item) => shownItem(chapterId, item, parts)),
    passages: passages.filter(({ anchor }) => answering.has(anchor)).map(quoted),
  };
}

/** The index of all quizzes. */
export function quizIndex(quizzes: ReadonlyMap<string, ChapterQuiz>): QuizIndex {
  return Object.fromEntries(
    [...quizzes].map(([chapterId, { items }]) => [
      chapterId,
      items.map(({ id, kind, anchor }) => ({ id, kind, anchor })),
    ]),
  );
}

function shownItem(chapterId: string, item: QuizItem, parts: QuizTextParts): ShownItem {
  const words = (text: string): QuizWords => rendered(text, item.line, parts);
  const base = { chapterId, id: item.id, prompt: words(item.prompt), anchor: item.passage };
  return item.kind === 'recall'
    ? { ...base, kind: 'recall', answer: words(item.answer) }
    : {
        ...base,
        kind: 'choice',
        choices: item.choices.map(({ text, correct, reason }) => ({
          text: words(text),
          correct,
          reason: words(reason),
        })),
      };
}

/** One paragraph: a choice is a label, and a link or a figure in it would be a control within a control. */
function rendered(text: string, line: number, { markdown, texStyles, report }: QuizTextParts): QuizWords {
  const source = text.trim();
  const env: RenderContext & Record<PropertyKey, unknown> = {
    texStyles,
    report: (_line, message) => {
      report(line, message);
    },
    line,
  };
  const tokens = markdown.parse(source, env);
  const [, inline] = tokens;
  if (tokens.length !== 3 || tokens[0]?.type !== 'paragraph_open' || !inline) {
    report(line, `the words of a quiz are one paragraph: "${source.slice(0, 60)}"`);
    return { markdown: source, html: '' };
  }
  const children = inline.children ?? [];
  if (children.some(({ type }) => type === 'link_open' || type === 'image')) {
    report(line, `the words of a quiz hold no link and no figure: "${source.slice(0, 60)}"`);
  }
  return { markdown: source, html: markdown.renderer.renderInline(children, markdown.options, env) };
}

function quoted(passage: Passage): QuizPassage {
  const { anchor, heading, sentences, unquoted } = passage;
  return {
    anchor,
    heading,
    text: [passageText(passage), unquoted].filter((text) => text !== '').join('\n'),
    html: sentences.map(({ html }) => html).join(' '),
  };
}
