// The page of one chapter, built anew for each `show`.

import type {
  Heading,
  ReaderChapter,
  ReaderMarks,
  ReaderQuiz,
  ResourceState,
  ChapterState,
} from '../../src/protocol/reader.ts';
import { button } from '../controls.ts';
import { count, element, fromBuild, icon } from '../dom.ts';
import { chapterLinks, neighbourLinks } from './chapterLinks.ts';
import { chapterMark } from './chapterMark.ts';
import { prepareLinks } from './links.ts';
import { outline } from './outline.ts';
import type { Places } from './position.ts';
import { quizOffer } from './quizOffer.ts';
import { duration, resourceCards, resourcesAnchor } from './resourceCards.ts';

/** The anchor of the chapter's summary, as in the ids of passages. */
export const summaryAnchor = 'summary';

export interface ChapterActions {
  readonly ask: () => void;
  readonly goTo: (anchor: string) => void;
  readonly markChapter: (state: ChapterState) => void;
  readonly markResource: (resourceId: string, state: ResourceState) => void;
  readonly openResource: (resourceId: string) => void;
  readonly copyResource: (resourceId: string) => void;
  readonly quizMe: () => void;
}

export interface ChapterPage {
  readonly element: HTMLElement;
  readonly title: HTMLElement;
  /** What positions refer to. */
  readonly places: Places;
  /** What the outline refers to: the places and the resource list. */
  readonly stops: Places;
  /** The end of the chapter's text. */
  readonly end: HTMLElement;
  readonly setMarks: (marks: ReaderMarks) => void;
  readonly setQuiz: (quiz: ReaderQuiz) => void;
  readonly markOutline: (anchor: string | undefined) => void;
}

/** Builds the page of a chapter. */
export function chapterPage(chapter: ReaderChapter, marks: ReaderMarks, actions: ChapterActions): ChapterPage {
  const mark = (state: ChapterState): void => {
    top.set(state);
    finish.set(state);
    actions.markChapter(state);
  };
  const top = chapterMark(marks.chapter, mark);
  const finish = finishButton(marks.chapter, () => {
    mark('studied');
  });
  const quiz = quizOffer(actions.quizMe);
  const buildsOn = chapterLinks('Builds on', chapter.prerequisites, marks.chapters);
  const leadsTo = chapterLinks('Leads to', chapter.leadsTo, marks.chapters);
  const resources = resourceCards(chapter.resources, marks.resources, {
    open: actions.openResource,
    copy: actions.copyResource,
    mark: actions.markResource,
  });
  const contents = outline(outlineOf(chapter), actions.goTo);
  const title = element('h1', { tabindex: -1 }, chapter.title);
  const summary = element('p', { id: summaryAnchor, class: 'summary' }, chapter.summary);
  const text = fromBuild(element('div', { class: 'prose' }), chapter.html);
  makeScrollable(text);
  const page = element(
    'div',
    { class: 'page' },
    element(
      'header',
      { class: 'chapter-head' },
      element('p', { class: 'section-title' }, chapter.sectionTitle),
      title,
      summary,
      chapter.status === 'outline' && outlineNotice(chapter),
      headLine(chapter, top.element, actions.ask),
      objectives(chapter.objectives),
      buildsOn?.element,
    ),
    contents.element,
    element('div', { class: 'body' }, text, resources?.element),
    element(
      'footer',
      { class: 'chapter-end' },
      finish.element,
      quiz.element,
      leadsTo?.element,
      neighbourLinks(chapter.previous, chapter.next),
    ),
  );
  prepareLinks(text);
  for (const links of page.querySelectorAll('.chapter-links, .neighbours')) prepareLinks(links);
  const places = [{ anchor: summaryAnchor, element: summary }, ...placesOf(text, chapter.headings)];
  return {
    element: page,
    title,
    places,
    stops: resources ? [...places, { anchor: resourcesAnchor, element: resources.element }] : places,
    end: text,
    setMarks: (next) => {
      top.set(next.chapter);
      finish.set(next.chapter);
      resources?.setStates(next.resources);
      buildsOn?.setStates(next.chapters);
      leadsTo?.setStates(next.chapters);
    },
    setQuiz: quiz.set,
    markOutline: contents.mark,
  };
}

function headLine(chapter: ReaderChapter, mark: HTMLElement, ask: () => void): HTMLElement {
  const askButton = button({
    label: 'Ask',
    description: 'Ask about this chapter',
    icon: 'comment-discussion',
    look: 'secondary',
    onPress: ask,
  });
  askButton.element.title = 'Ask about this chapter (Alt+A); select words to ask about them';
  return element(
    'div',
    { class: 'head-line' },
    mark,
    askButton.element,
    element('span', { class: 'minutes' }, icon('clock'), `${duration(chapter.minutes)} to study`),
  );
}

function outlineNotice(chapter: ReaderChapter): HTMLElement {
  const here = chapter.headings.map((heading) => heading.title);
  if (chapter.resources.length > 0) here.push(count(chapter.resources.length, 'resource'));
  return element(
    'div',
    { class: 'notice', role: 'note' },
    icon('info'),
    element(
      'div',
      {},
      element('strong', {}, 'Outline: '),
      'the full text of this chapter isn’t written yet.',
      here.length > 0 && ` What is here: ${listed(here)}.`,
    ),
  );
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

function objectives(lines: readonly string[]): HTMLElement | undefined {
  if (lines.length === 0) return undefined;
  return element(
    'section',
    { class: 'aside objectives' },
    element('h2', { class: 'label' }, 'After this chapter you can'),
    element('ul', {}, ...lines.map((line) => element('li', {}, line))),
  );
}

interface FinishButton {
  readonly element: HTMLElement;
  readonly set: (state: ChapterState) => void;
}

function finishButton(state: ChapterState, onPress: () => void): FinishButton {
  const press = button({ label: '', look: 'primary', onPress });
  const done = element('p', { class: 'finished' }, icon('pass-filled'), 'You have studied this chapter.');
  const set = (next: ChapterState): void => {
    const studied = next === 'studied';
    const hadFocus = press.element.matches(':focus-within');
    press.element.hidden = studied;
    done.hidden = !studied;
    if (studied && hadFocus) done.focus();
  };
  done.tabIndex = -1;
  press.setLabel('Mark as studied', 'check');
  set(state);
  return { element: element('div', { class: 'finish' }, press.element, done), set };
}

function outlineOf(chapter: ReaderChapter): Heading[] {
  const resources: Heading = { anchor: resourcesAnchor, title: 'Resources', level: 2 };
  return chapter.resources.length > 0 ? [...chapter.headings, resources] : [...chapter.headings];
}

function placesOf(text: Element, headings: readonly Heading[]): Places {
  return headings.flatMap(({ anchor }) => {
    const found = text.querySelector<HTMLElement>(`#${CSS.escape(anchor)}`);
    return found ? [{ anchor, element: found }] : [];
  });
}

/**
 * What is wider than the panel scrolls in a frame of its own. The browser lets the keyboard into a frame only while there
 * is something to scroll; a `tabindex` would make a stop of every formula.
 */
function makeScrollable(text: Element): void {
  for (const picture of text.querySelectorAll('figure > svg')) {
    const frame = element('div', { class: 'scroll' });
    picture.replaceWith(frame);
    frame.append(picture);
  }
  for (const frame of text.querySelectorAll('.table, .formula')) frame.removeAttribute('tabindex');
}
