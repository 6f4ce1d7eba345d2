// "Do I need GANs before normalizing flows?"

import type { Chapter, Curriculum } from '../curriculum.ts';
import { passageId } from '../passages.ts';
import type { Passage } from '../passages.ts';
import type { Translate } from '../translate.ts';
import type { Named, NamesIn } from './names.ts';
import { allNeeds, directNeeds } from './needs.ts';
import { line, listed, quoted } from './planLines.ts';
import type { Line } from './planLines.ts';

interface NeededParts {
  readonly curriculum: Curriculum;
  readonly passages: ReadonlyMap<string, Passage>;
  readonly namesIn: NamesIn;
  readonly t: Translate;
}

/** Whether `one` is needed for `goal`, why, and what is. */
export function neededLines(one: Named, goal: Named, known: (id: string) => boolean, parts: NeededParts): Line[] {
  const { curriculum, t } = parts;
  const said = (chapters: readonly Chapter[]): readonly Chapter[] => chapters.slice(0, 3);
  const chain = one.chapters
    .flatMap((from) => goal.chapters.flatMap((to) => chainBetween(curriculum, to, from) ?? []))
    .filter((links) => links.length > 1)
    .sort((a, b) => a.length - b.length)[0];
  if (chain) {
    const links = chain.slice(1).map((needed, n) => ({ chapter: chain[n], needed }));
    const lines = links.map(({ chapter, needed }) => t('“{0}” builds on “{1}”', chapter?.title ?? '', needed.title));
    const text =
      links.length === 1
        ? t('Yes: {0} directly.', lines[0] ?? '')
        : t('Yes, if not directly: {0}.', lines.join(t(', and ')));
    const studied = one.chapters.every(({ id }) => known(id));
    return [
      line(text, chain),
      ...summaries(chain.slice(1), t),
      ...(studied ? [line(t('You have studied “{0}” already.', one.title), said(one.chapters))] : []),
    ];
  }
  const needs = [...new Set(goal.chapters.flatMap((chapter) => directNeeds(curriculum, chapter)))].filter(
    (chapter) => !goal.chapters.includes(chapter),
  );
  const turned = one.chapters.some((from) => goal.chapters.some((to) => allNeeds(curriculum, from).includes(to)));
  return [
    line(
      turned
        ? t(
            'No, you don’t need “{0}” before “{1}”; it is the other way round: “{0}” builds on “{1}”.',
            one.title,
            goal.title,
          )
        : t('No, you don’t need “{0}” before “{1}”: nothing that it builds on leads there.', one.title, goal.title),
      [...said(goal.chapters), ...said(one.chapters)],
    ),
    needs.length === 0
      ? line(t('“{0}” builds on no other chapter.', goal.title), said(goal.chapters))
      : line(t('“{0}” builds directly on {1}.', goal.title, listed(needs, t)), [...said(goal.chapters), ...needs]),
    ...summaries(needs, t),
    ...connection(one, goal, parts),
  ];
}

function summaries(chapters: readonly Chapter[], t: Translate): Line[] {
  return chapters.slice(0, 3).map((chapter) => line(t('“{0}”: {1}', chapter.title, chapter.summary), [chapter]));
}

/** The shortest way from a chapter back to one that it builds on, both included; undefined if there is none. */
function chainBetween(curriculum: Curriculum, from: Chapter, to: Chapter): Chapter[][] | undefined {
  const reached = new Map<Chapter, Chapter | undefined>([[from, undefined]]);
  for (const chapter of reached.keys()) {
    if (chapter === to) {
      const chain: Chapter[] = [];
      for (let at: Chapter | undefined = to; at; at = reached.get(at)) chain.unshift(at);
      return [chain];
    }
    for (const needed of directNeeds(curriculum, chapter)) if (!reached.has(needed)) reached.set(needed, chapter);
  }
  return undefined;
}

/** What the handbook says about how the two are connected. */
function connection(one: Named, goal: Named, { passages, namesIn }: NeededParts): Line[] {
  const about = [
    [goal, one],
    [one, goal],
  ] as const;
  for (const [from, to] of about) {
    for (const { id } of from.chapters) {
      const passage = passages.get(passageId(id, 'connections'));
      const sentence = passage?.sentences.find(({ text }) =>
        namesIn(text).some(
          ({ chapters }) => chapters.length === 1 && chapters.some((each) => to.chapters.includes(each)),
        ),
      );
      if (passage && sentence) return [quoted(passage, sentence)];
    }
  }
  return [];
}
