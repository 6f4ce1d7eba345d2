// What formats without a type of their own for a video or a blog post say of it in words, and how they are understood again.

import type { DocumentKind } from '../documentKind.ts';

const names: Readonly<Partial<Record<DocumentKind, string>>> = {
  article: 'Online article',
  benchmark: 'Benchmark',
  blog: 'Blog post',
  course: 'Course',
  discussion: 'Online discussion',
  docs: 'Documentation',
  'lecture-notes': 'Lecture notes',
  paper: 'Paper',
  slides: 'Slides',
  talk: 'Talk',
  tool: 'Software',
  video: 'Video',
  'video-series': 'Video series',
};

/** What it is, in a bibliography's words; undefined where a type says it in every format. */
export function kindName(kind: DocumentKind): string | undefined {
  return names[kind];
}

/** The kind that a bibliography's words name. */
export function kindNamed(words: string | undefined): DocumentKind | undefined {
  const wanted = words?.trim().toLowerCase();
  const found = Object.entries(names).find(([, name]) => name.toLowerCase() === wanted);
  return found?.[0] as DocumentKind | undefined;
}
