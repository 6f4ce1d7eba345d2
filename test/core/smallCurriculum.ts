// A handbook of three sections and five chapters, small enough to hold in one's head.

import type { Chapter, Curriculum, Resource, ResourceEntry, ResourceKind, Section } from '../../src/core/curriculum.ts';

export function chapter(id: string, sectionId: string, more: Partial<Chapter> = {}): Chapter {
  return {
    id,
    sectionId,
    title: `Title of ${id}`,
    status: 'full',
    summary: `What ${id} is.`,
    objectives: [`Explain ${id}`],
    prerequisites: [],
    minutes: 30,
    keywords: [],
    phrases: [],
    questions: [`what is ${id}?`, `why ${id}?`],
    words: 1000,
    headings: [{ anchor: 'why', title: 'Why it matters', level: 2 }],
    resources: [],
    ...more,
  };
}

export function resource(id: string, kind: ResourceKind, more: Partial<Resource> = {}): Resource {
  return {
    id,
    title: `Title of ${id}`,
    creators: 'Ada Lovelace',
    kind,
    url: `https://www.example.org/${id}`,
    level: 'intro',
    access: 'free',
    minutes: 90,
    ...more,
  };
}

function section(
  number: number,
  id: string,
  chapterIds: readonly string[],
  resources: readonly ResourceEntry[],
): Section {
  return { id, number, title: `Section ${id}`, summary: `About ${id}.`, html: '', chapterIds, resources };
}

const entry = (resourceId: string): ResourceEntry => ({ resourceId, note: `Note on ${resourceId}.` });

export const smallCurriculum: Curriculum = {
  title: 'Handbook',
  subtitle: 'Roadmap',
  author: 'Ada Lovelace',
  year: 2024,
  url: 'https://www.example.org/',
  sections: [
    section(0, 'start', ['intro'], []),
    section(1, 'basics', ['markov', 'rnn'], [entry('course')]),
    section(2, 'fast', ['flash', 'quant'], []),
  ],
  goals: [
    {
      id: 'go-fast',
      title: 'Go fast',
      description: 'Make it fast.',
      chapterIds: ['flash'],
      resourceIds: ['course'],
      names: ['make models fast'],
    },
  ],
  chapters: {
    intro: chapter('intro', 'start'),
    markov: chapter('markov', 'basics', { resources: [entry('paper'), entry('talk')] }),
    rnn: chapter('rnn', 'basics', { prerequisites: ['markov'], resources: [entry('talk')], minutes: 150 }),
    flash: chapter('flash', 'fast', { prerequisites: ['rnn'], resources: [entry('paper')] }),
    quant: chapter('quant', 'fast', { status: 'outline', prerequisites: ['rnn'], minutes: 0 }),
  },
  resources: {
    paper: resource('paper', 'paper', { url: 'https://arxiv.org/abs/2205.14135', year: 2022 }),
    talk: resource('talk', 'talk', { minutes: 0 }),
    course: resource('course', 'course'),
  },
};
