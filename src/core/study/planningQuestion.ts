// Questions about the way through the handbook instead of about its subject: what to read, in which order, how long it takes.
// They can't be answered from a passage, but from what the chapters need and how long they are.

import type { Named, NamesIn } from './names.ts';
import type { Pace } from './pace.ts';
import { paceIn } from './paceInWords.ts';

interface Said {
  readonly pace?: Pace;
  /** What the learner says they know already. */
  readonly known: readonly Named[];
}

export type PlanningQuestion = Said &
  (
    | { readonly asks: 'before'; readonly named: readonly Named[] }
    /** Is the one needed for the other? */
    | { readonly asks: 'needed'; readonly one: Named; readonly goal: Named }
    | { readonly asks: 'order' | 'way' | 'time'; readonly named: readonly Named[] }
  );

const learner = String.raw`\b(i|i'm|i've|i'd|we|me|my|one|someone|somebody|beginners?|newcomers?)\b`;
const study = String.raw`\b(know|knowing|stud(y|ied|ying)|learn(ed|t|ing)?|understand(ing)?|understood|do|doing|done|cover(ed)?|revise|revisit|refresh|brush up|finish(ed)?|master|tackl(e|ing)|work(ed|ing)? through|go(ing)? through|get(ting)? through|need(ed)?|skip|jump|start(ing|ed)?|begin(ning)?|fresh|familiar|comfortable|read|reading)\b`;
const material = String.raw`\b(chapters?|sections?|handbook|book|curriculum|syllabus|prerequisites?)\b`;

const pattern = (...parts: readonly string[]): RegExp => new RegExp(parts.join('.*'), 'i');

/** Not about studying, however it is put: machines have no syllabus. */
const machinery = [
  /\b(gpus?|epochs?|tokens?|batch(es)?|layers?|vram|inference|training|fine-?tuning|decoding|generation) (takes?|runs?|costs?|needs?|lasts?)\b/i,
  /\bhow (long|much|many)\b.*\bto (train|pre-?train|fine-?tune|run|quanti[sz]e|decode|generate|serve|deploy|load|download)\b/i,
];

/** Asked for what to read or watch elsewhere: the handbook's own sentences say what is best for what. */
const resources =
  /\b(papers?|videos?|blogs?|posts?|articles?|watch|textbooks?|courses?|resources?|tutorials?|talks?|lectures?|guides?|notebooks?|repos?|read\b.{0,20}\babout)\b/i;

const patterns = {
  order: [
    pattern(
      `^(?=.*(${learner}|${material}|${study}|\\bsense\\b))`,
      String.raw`\b(what|which|best|right|good|recommended|sensible|logical|ideal|correct|proper)\b.{0,20}\b(order|sequence)\b`,
    ),
    pattern(
      String.raw`\b(reading|study|learning) order\b|\border (to|for) (read|study|learn)|\border of (the )?(chapters|topics|study|reading)\b`,
    ),
  ],
  /** Of several. */
  first: [
    pattern(String.raw`\b(what|which)\b.{0,60}\b(should|do|shall|must|would|to|can)\b.{0,60}\bfirst\b`),
    pattern(
      String.raw`\bfirst\b.{0,60}\bor\b.{0,60}\bfirst\b|\bbefore or after\b|\bor (vice versa|the other way (a?round))\b|\bcomes? first\b`,
    ),
  ],
  needed: [
    pattern(
      String.raw`\b(do|must|should|can|could|may|am|would|will|need|have|ok|okay|fine|possible|better)\b`,
      learner,
      study,
      String.raw`\b(before|without|prior to|ahead of|straight (in)?to|first|to (understand|learn|follow|study|get))\b`,
    ),
    pattern(
      String.raw`\b(is|are)\b`,
      String.raw`\b(required|necessary|needed|essential|a prerequisite|prerequisites|readable|understandable|optional|a must)\b`,
      String.raw`\b(before|without|for|to|of)\b`,
    ),
    pattern(String.raw`\b(skip|jump)\b`, String.raw`\b(and|to|straight|over)\b`, study),
  ],
  before: [
    pattern(
      String.raw`\b(what|which|what's)\b`,
      study,
      String.raw`\b(before|prior to|ahead of|in advance|beforehand)\b`,
    ),
    pattern(String.raw`\bbefore\b`, String.raw`\b(what|which)\b`, study),
    pattern(
      String.raw`\bprerequisites?\b|\bprior knowledge\b|\b(background|foundations?|basics)\b.*\b(for|to|before)\b`,
    ),
    pattern(
      String.raw`\b(what|which)\b`,
      String.raw`\b(chapters?|sections?|topics?|math(s|ematics)?|background|knowledge)\b`,
      String.raw`\b(need|needed|required?|first|before|under my belt)\b`,
    ),
    pattern(
      String.raw`\bwhat\b`,
      String.raw`\b(do|must|should) (i|we|one|you) (need|have) to (know|have read|have studied|understand|learn)\b`,
      String.raw`\b(for|to|before)\b`,
    ),
    pattern(
      String.raw`\b(am i|are we) ready (for|to)\b|\bwhat('s| is) (needed|required) (for|before|to (understand|read|follow))\b`,
    ),
  ],
  time: [
    pattern(
      String.raw`\bhow (long|much time(?! series)|many (minutes|hours|days|evenings|nights|weeks|weekends|months))\b`,
      `(${learner}|${material}|\\b(study|learn|understand)(ing)?\\b)`,
    ),
    pattern(
      String.raw`\b(can|could|will|would) (i|we|one)\b`,
      String.raw`\b(get through|finish|learn|study|read|complete|cover|manage)\b`,
      String.raw`\b(in|within) (a|an|one|two|three|\d+)\b`,
      String.raw`\b(day|week|weekend|month|evening|hour)s?\b`,
    ),
    pattern(String.raw`\b(realistic|feasible|doable)\b`, String.raw`\b(through|finish|learn|study|read)\b`),
  ],
  route: [
    pattern(
      String.raw`\b(where|how|with what|what) (do|should|shall|can|could|would|must) (i|we|one)( best)? (start|begin|get started|get into)\b(?! (a|an|my|the (?!handbook|book|chapter|section|course))\b)|\bwhere to (start|begin)\b`,
    ),
    pattern(
      String.raw`\b(shortest|fastest|quickest|best|direct|efficient|sensible|minimal|minimum)\b.{0,20}\b(route|way|path|road|track)\b.{0,20}\b(to|into|towards)\b`,
    ),
    pattern(
      String.raw`\b(study|learning|reading) (plan|path|route|list|schedule)\b|\broadmap\b|\bplan (my|a|the) (way|route|path|study|reading|learning)\b`,
    ),
    pattern(
      String.raw`\b(which|what) (chapters?|sections?)\b`,
      String.raw`\b(lead|get|take|bring|help|matter|relevant|skip|leave out|ignore|omit)\b`,
    ),
    pattern(String.raw`\b(path|route|way) (to|into|towards)\b.{0,60}\b(please|chapters?|handbook|from)\b`),
  ],
  way: [
    pattern(
      String.raw`\b(what|which)\b`,
      String.raw`\b(should|do|shall|must|can|would) (i|we|one|you|a beginner|someone|somebody|a newcomer) (study|learn|do|take|cover|work through|pick up)\b`,
      String.raw`(\b(to (understand|learn|build|be able|become|train|write))\b|\bif\b.*\bwant\b|\bnext\b)`,
    ),
    pattern(
      String.raw`(\b(i|we) (only |just |really )?(want|plan|hope|aim|would like|am trying)\b|\b(i|we)'d like\b|\bmy goal\b)`,
      String.raw`(\b(what|which|where|how)\b.{0,30}\b(do|should|can|shall|must|would) (i|we)\b|\b(order|route)\b|\b(what|which) chapters?\b)`,
    ),
    pattern(String.raw`\b(which|what) (chapters?|sections?)\b`, String.raw`\b(read|study|need|do)\b`),
    pattern(String.raw`\bwhat should\b.{0,30}\b(first|next) (day|week|month|evening)s?\b`),
  ],
} as const satisfies Readonly<Record<string, readonly RegExp[]>>;

/** All of it, in whatever order: the handbook has its own words about that. */
const anyOrder = /\b(front to back|cover to cover|skip around|in any order|everything in order)\b/i;

/**
 * What a question asks about the way through the handbook; undefined for one about the subject, and for one that doesn't say
 * where to. `here` is what it is asked about: a chapter that is open.
 */
export function readPlanningQuestion(text: string, namesIn: NamesIn, here?: Named): PlanningQuestion | undefined {
  const question = text.replaceAll('’', "'");
  const asks = (kind: keyof typeof patterns): boolean => patterns[kind].some((each) => each.test(question));
  if (machinery.some((each) => each.test(question)) || anyOrder.test(question)) return undefined;
  if (resources.test(question) && !new RegExp(material, 'i').test(question)) return undefined;
  if (!(Object.keys(patterns) as (keyof typeof patterns)[]).some(asks)) return undefined;

  const mentioned = distinct(namesIn(question));
  const known = mentioned.filter((each) => isSaidToBeKnown(question, each));
  const wanted = mentioned.filter((each) => !known.includes(each));
  const named =
    wanted.length === 0 && here && /\b(this|it|that|here)\b/i.test(question)
      ? [{ ...here, start: question.length, end: question.length }]
      : wanted;
  if (named.length === 0) return undefined;
  const pace = paceIn(question);
  const said: Said = { known, ...(pace && { pace }) };

  if (asks('time')) return { asks: 'time', named, ...said };
  const open = /^\W*(and |so |then )?(in )?(what|which|how|where)\b/i.test(question);
  const alternatives = /\b(before or after|vice versa|the other way (a?round)|comes? first)\b/i.test(question);
  if (named.length > 1 && asks('needed') && !open && !alternatives && !asks('route')) {
    const pair = neededPair(question, named);
    if (pair) return { asks: 'needed', ...pair, ...said };
  }
  const several = named.length > 1 || named.some(({ chapters }) => chapters.length > 1);
  if (named.length > 1 && (asks('order') || asks('first'))) return { asks: 'order', named, ...said };
  if (asks('route')) return { asks: pace ? 'time' : 'way', named, ...said };
  if (asks('before')) {
    const goals = namedAfterBefore(question, named);
    // "What should I read before …" is answered by what the handbook says is worth reading.
    const reading = /\b(read|reading)\b/i.test(question) && !new RegExp(material, 'i').test(question);
    return goals.length === 0 || reading ? undefined : { asks: 'before', named: goals, ...said };
  }
  // In which order to reach a goal is a question for the way to it.
  const goal = named.every(({ kind }) => kind === 'goal');
  if (several && (asks('first') || (asks('order') && !goal))) return { asks: 'order', named, ...said };
  if (asks('way') || asks('order')) return { asks: pace ? 'time' : 'way', named, ...said };
  return undefined;
}

/** Each thing once, where it is named first. */
function distinct(named: readonly Named[]): Named[] {
  return named.filter((each, n) => named.findIndex((other) => other.title === each.title) === n);
}

/** "if I know only plain transformers", "I've finished the RAG chapter", "I can already program". */
function isSaidToBeKnown(question: string, { start, end }: Named): boolean {
  const [clause = ''] = /[^.;:?!]*$/.exec(question.slice(0, start)) ?? [];
  const told =
    /(?<!\b(do|should|must|did|can|could|would|may) )\b(i|i've|i have|already|having|after)\b(?! (need|have to|should|must|want))[^,]{0,20}\b(know|read|studied|done|did|finished|understand|understood|familiar with|comfortable with|covered|learned|learnt|been through)\b[^,]{0,25}$/i;
  if (told.test(clause)) return !/\b(before|want to|to)\b[^,]*$/i.test(clause.replace(/\bback to\b/i, ''));
  return /\b(can|could) already\W*$/i.test(question.slice(0, start)) && end > start;
}

/** "Do I need A before B", "can I read B without A", "is A a prerequisite of B", "before B, must I read A". */
function neededPair(question: string, named: readonly Named[]): { one: Named; goal: Named } | undefined {
  const [first, second] = named;
  if (!first || !second) return undefined;
  const between = question.slice(first.end, second.start);
  const ahead = question.slice(0, first.start);
  const turned =
    /\b(without|after)\b/i.test(between) || /\b(before|to (understand|learn|follow))\b\W*(\w+\W+){0,4}$/i.test(ahead);
  return turned ? { one: second, goal: first } : { one: first, goal: second };
}

/** What is named after the word "before": what comes before that is asked for. */
function namedAfterBefore(question: string, named: readonly Named[]): readonly Named[] {
  const at = question.search(/\b(before|prior to|ahead of)\b/i);
  return at < 0 ? named : named.filter(({ start }) => start > at);
}
