// Checks that concern more than one file, and the standard that FORMAT.md sets for each chapter.

import type { Resource } from '../curriculum.ts';
import type { ChapterDraft } from './chapterDraft.ts';
import type { ChapterText } from './chapterText.ts';
import type { GlossaryEntry } from './glossaryFile.ts';
import type { LinkTarget } from './markdown.ts';
import type { Problem, Report } from './problem.ts';

/** Unknown prerequisites and cycles among them. */
export function checkPrerequisites(drafts: readonly ChapterDraft[]): Problem[] {
  const problems: Problem[] = [];
  const byId = new Map(drafts.map((draft) => [draft.chapter.id, draft]));
  for (const { chapter, file, prerequisitesLine: line } of drafts) {
    for (const id of chapter.prerequisites) {
      if (!byId.has(id)) problems.push({ file, line, message: `prerequisite "${id}" is not a chapter` });
    }
  }
  const state = new Map<string, 'open' | 'done'>();
  const visit = (id: string, path: readonly string[]): void => {
    const draft = byId.get(id);
    if (!draft || state.get(id) === 'done') return;
    if (state.get(id) === 'open') {
      const cycle = [...path.slice(path.indexOf(id)), id].join(' → ');
      problems.push({
        file: draft.file,
        line: draft.prerequisitesLine,
        message: `prerequisites go in a circle: ${cycle}`,
      });
      return;
    }
    state.set(id, 'open');
    for (const next of draft.chapter.prerequisites) visit(next, [...path, id]);
    state.set(id, 'done');
  };
  for (const id of byId.keys()) visit(id, []);
  return problems;
}

const fullParts = ['why', 'intuition', 'example', 'misconceptions', 'connections', 'reading'];
const outlineParts = ['brief', 'know', 'misconceptions'];

/** Word counts, the headings that every chapter has, and a figure for chapters written in full. */
export function checkLengths(drafts: readonly ChapterDraft[]): Problem[] {
  return drafts.flatMap(({ chapter, text, file }) => {
    const full = chapter.status === 'full';
    const [least, most] = full ? [900, 1800] : [120, 420];
    const messages = [
      ...(text.words < least || text.words > most ? [`the text has ${text.words} words, not ${least} to ${most}`] : []),
      ...(full ? fullParts : outlineParts)
        .filter((anchor) => !text.headings.some((heading) => heading.anchor === anchor))
        .map((anchor) => `the heading {#${anchor}} is missing`),
      ...(full && text.figures === 0 ? ['a chapter written in full needs a figure'] : []),
      ...text.passages
        .filter((passage) => passage.sentences.length === 0 && passage.unquoted === '')
        .map((passage) => `nothing stands under the heading {#${passage.anchor}}`),
    ];
    return messages.map((message) => ({ file, line: 1, message }));
  });
}

/** Every objective of a chapter written in full names the passage that answers it, and that passage is there. */
export function checkObjectives(drafts: readonly ChapterDraft[]): Problem[] {
  return drafts.flatMap(({ chapter, front, text, file }) =>
    front.objectiveAnchors.flatMap((anchor, n) => {
      const objective = chapter.objectives[n] ?? '';
      const missing = anchor === undefined && chapter.status === 'full';
      const known = anchor === undefined || text.headings.some((heading) => heading.anchor === anchor);
      const message = missing
        ? `the objective "${objective}" doesn't name the passage that answers it: {#anchor}`
        : `the objective "${objective}" points to no passage: "${anchor ?? ''}"`;
      return missing || !known ? [{ file, line: front.objectivesLine, message }] : [];
    }),
  );
}

/** Studying a chapter that is written in full includes the one resource to read first, or two short ones. */
export function checkEssentials(drafts: readonly ChapterDraft[]): Problem[] {
  return drafts.flatMap(({ chapter, file }) => {
    const essential = chapter.resources.filter((entry) => entry.essential).length;
    const missing = chapter.status === 'full' && chapter.resources.length > 0 && essential === 0;
    if (!missing && essential <= 2) return [];
    const message = missing
      ? 'none of the resources is marked as essential'
      : `${essential} resources are marked as essential, not one or two`;
    return [{ file: file.replace(/\.md$/, '.resources.yaml'), line: 1, message }];
  });
}

/** Former ids mean one chapter only, and none that is there; moved anchors lead to a passage and hide none. */
export function checkFormerNames(drafts: readonly ChapterDraft[]): Problem[] {
  const ids = new Set(drafts.map(({ chapter }) => chapter.id));
  const taken = new Map<string, string>();
  return drafts.flatMap(({ chapter: { id, formerIds = [], movedAnchors = {} }, front, text, file }) => {
    const has = (anchor: string): boolean => text.headings.some((heading) => heading.anchor === anchor);
    const messages = [
      ...formerIds.flatMap((former) => {
        const other = taken.get(former);
        taken.set(former, id);
        if (ids.has(former)) return [`the former id "${former}" is the id of a chapter`];
        return other === undefined ? [] : [`the former id "${former}" is one of "${other}" too`];
      }),
      ...Object.entries(movedAnchors).flatMap(([from, to]) => [
        ...(has(from) ? [`the moved anchor "${from}" is still there`] : []),
        ...(has(to) ? [] : [`the anchor "${from}" moved to no passage: "${to}"`]),
      ]),
    ];
    return messages.map((message) => ({ file, line: front.formerLine, message }));
  });
}

/** How many quiz items of each kind and terms a chapter written in full has at least. */
const least = { items: 6, terms: 5 };

/** The quiz and the glossary of chapters written in full: enough of both, and no quiz that is won by choosing the longest. */
export function checkQuizAndGlossary(drafts: readonly ChapterDraft[]): Problem[] {
  return drafts.flatMap(({ chapter, quiz, glossary, file }) => {
    if (chapter.status !== 'full') return [];
    const choices = quiz.filter((item) => item.kind === 'choice');
    const recalls = quiz.length - choices.length;
    const longest = choices.filter(({ choices: all }) => {
      const right = all.find((choice) => choice.correct)?.text.length ?? 0;
      return all.every((choice) => choice.correct || choice.text.length < right);
    });
    const messages = [
      ...(choices.length < least.items || recalls < least.items
        ? [`the quiz has ${choices.length} choice and ${recalls} recall items, not ${least.items} of each`]
        : []),
      ...(longest.length > choices.length / 3
        ? [`in ${longest.length} of ${choices.length} quiz items the right choice is the longest`]
        : []),
      ...(glossary.length < least.terms ? [`the glossary has ${glossary.length} terms, not ${least.terms}`] : []),
    ];
    return messages.map((message) => ({ file, line: 1, message }));
  });
}

/** A term must be taught by a passage of its chapter. */
export function checkTermPassages(glossary: readonly GlossaryEntry[], text: ChapterText, report: Report): void {
  for (const { term, passage, line } of glossary) {
    if (text.headings.some((heading) => heading.anchor === passage)) continue;
    report(line, `the term "${term}" points to a passage that the chapter doesn't have: "${passage}"`);
  }
}

/** A term or alias must mean one thing in the whole book. */
export function checkTerms(drafts: readonly ChapterDraft[]): Problem[] {
  const seen = new Map<string, string>();
  return drafts.flatMap(({ glossary, file }) =>
    glossary.flatMap(({ term, aliases, line }) =>
      [term, ...aliases].flatMap((name) => {
        const key = name.toLowerCase();
        const other = seen.get(key);
        seen.set(key, file);
        const path = file.replace(/\.md$/, '.glossary.yaml');
        return other === undefined
          ? []
          : [{ file: path, line, message: `the term "${name}" is defined already, in ${other}` }];
      }),
    ),
  );
}

/** Links by id must lead somewhere. */
export function checkLinks(
  chapters: ReadonlyMap<string, ChapterDraft>,
  resources: ReadonlyMap<string, Resource>,
  others: readonly (LinkTarget & { readonly line: number; readonly file: string })[],
): Problem[] {
  const links = [...chapters.values()].flatMap(({ text, file }) => text.links.map((link) => ({ ...link, file })));
  return [...links, ...others].flatMap((link) => {
    const message = deadLink(link, chapters, resources);
    return message ? [{ file: link.file, line: link.line, message }] : [];
  });
}

function deadLink(
  link: LinkTarget,
  chapters: ReadonlyMap<string, ChapterDraft>,
  resources: ReadonlyMap<string, Resource>,
): string | undefined {
  switch (link.kind) {
    case 'web':
      return undefined;
    case 'resource':
      return resources.has(link.resourceId) ? undefined : `a link leads to no resource: "${link.resourceId}"`;
    case 'chapter': {
      const target = chapters.get(link.chapterId);
      if (!target) return `a link leads to no chapter: "${link.chapterId}"`;
      const { anchor } = link;
      // Only chapters written in full promise their anchors: an outline's will change.
      const known =
        anchor === undefined ||
        anchor === 'summary' ||
        target.text.headings.some((heading) => heading.anchor === anchor);
      return known ? undefined : `a link leads to no passage: "${link.chapterId}#${anchor}"`;
    }
  }
}
