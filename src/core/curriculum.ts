// The study material as data: what the build writes into curriculum.json and every other part reads.

export type ChapterStatus = 'full' | 'outline';

export const resourceKinds = [
  'article',
  'benchmark',
  'blog',
  'book',
  'book-chapter',
  'course',
  'discussion',
  'docs',
  'lecture-notes',
  'paper',
  'slides',
  'talk',
  'tool',
  'video',
  'video-series',
] as const;
export type ResourceKind = (typeof resourceKinds)[number];

export const levels = ['intro', 'intermediate', 'advanced'] as const;
export type Level = (typeof levels)[number];

export const accesses = ['free', 'login', 'paywalled'] as const;
export type Access = (typeof accesses)[number];

export interface Resource {
  readonly id: string;
  readonly title: string;
  readonly creators: string;
  readonly kind: ResourceKind;
  /** Always https. */
  readonly url: string;
  readonly year?: number;
  readonly level: Level;
  readonly access: Access;
  readonly minutes: number;
  /** Where it is to be found now, if the address above is dead or has moved. */
  readonly replacement?: string;
}

/** A resource as one chapter lists it: the same record may stand in several chapters, with a note of its own in each. */
export interface ResourceEntry {
  readonly resourceId: string;
  readonly note: string;
  /** Studying the chapter includes it. */
  readonly essential?: true;
}

/** Something that learners want to be able to do, written down with the chapters where it is reached. */
export interface AuthoredGoal {
  readonly id: string;
  readonly title: string;
  /** One sentence. */
  readonly description: string;
  /** Without their prerequisites, which a plan adds. */
  readonly chapterIds: readonly string[];
  /** To be read once the chapters are. */
  readonly resourceIds: readonly string[];
  /** What learners call it; for recognising it in a question only. */
  readonly names: readonly string[];
}

export interface Heading {
  readonly anchor: string;
  readonly title: string;
  readonly level: 2 | 3;
}

export interface Chapter {
  readonly id: string;
  readonly sectionId: string;
  readonly title: string;
  readonly status: ChapterStatus;
  readonly summary: string;
  readonly objectives: readonly string[];
  readonly prerequisites: readonly string[];
  readonly minutes: number;
  readonly keywords: readonly string[];
  readonly questions: readonly string[];
  /** The chapter's problems in everyday words; for search only. */
  readonly phrases: readonly string[];
  readonly words: number;
  readonly headings: readonly Heading[];
  readonly resources: readonly ResourceEntry[];
  /** What it was called in earlier editions: events of the learner's still say so. */
  readonly formerIds?: readonly string[];
  /** Anchors of earlier editions, and where their passages are now. */
  readonly movedAnchors?: Readonly<Record<string, string>>;
}

export interface Section {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly summary: string;
  /** Rendered overview. */
  readonly html: string;
  readonly chapterIds: readonly string[];
  readonly resources: readonly ResourceEntry[];
}

/** A term of the field, with the passage that teaches it. */
export interface Term {
  readonly term: string;
  readonly aliases: readonly string[];
  readonly definition: string;
  readonly passageId: string;
}

export interface Curriculum {
  readonly title: string;
  readonly subtitle: string;
  readonly author: string;
  readonly year: number;
  readonly url: string;
  readonly sections: readonly Section[];
  readonly goals: readonly AuthoredGoal[];
  /** By id. */
  readonly chapters: Readonly<Record<string, Chapter>>;
  /** By id. */
  readonly resources: Readonly<Record<string, Resource>>;
}

/** Where a resource is to be found now. */
export function addressOf(resource: Resource): string {
  return resource.replacement ?? resource.url;
}

/** Every chapter in reading order. */
export function chaptersInOrder(curriculum: Curriculum): Chapter[] {
  return curriculum.sections.flatMap((section) => chaptersOf(curriculum, section));
}

export function chaptersOf(curriculum: Curriculum, section: Section): Chapter[] {
  return section.chapterIds.flatMap((id) => curriculum.chapters[id] ?? []);
}

export function sectionOf(curriculum: Curriculum, chapter: Chapter): Section | undefined {
  return curriculum.sections.find((section) => section.id === chapter.sectionId);
}

/** The chapters before and after `id` in reading order. */
export function neighbours(curriculum: Curriculum, id: string): { previous?: Chapter; next?: Chapter } {
  const all = chaptersInOrder(curriculum);
  const at = all.findIndex((chapter) => chapter.id === id);
  const previous = at > 0 ? all[at - 1] : undefined;
  const next = at >= 0 ? all[at + 1] : undefined;
  return { ...(previous && { previous }), ...(next && { next }) };
}
