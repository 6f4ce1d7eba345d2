import type { Access, Level, ReaderResource, ResourceKind, ResourceState } from '../../src/protocol/reader.ts';
import { button, dropdown } from '../controls.ts';
import { element, icon } from '../dom.ts';
import { resourceMarks, resourceStateOrder } from './marks.ts';

export interface ResourceActions {
  readonly open: (resourceId: string) => void;
  readonly copy: (resourceId: string) => void;
  readonly mark: (resourceId: string, state: ResourceState) => void;
}

export interface ResourceCards {
  readonly element: HTMLElement;
  readonly setStates: (states: Readonly<Record<string, ResourceState>>) => void;
}

/** The anchor of the resource list, as in the ids of passages. */
export const resourcesAnchor = 'resources';

/** The chapter's papers, talks and articles, each with its mark. */
export function resourceCards(
  resources: readonly ReaderResource[],
  states: Readonly<Record<string, ResourceState>>,
  actions: ResourceActions,
): ResourceCards | undefined {
  if (resources.length === 0) return undefined;
  const cards = resources.map((resource) => resourceCard(resource, states[resource.id] ?? 'to-do', actions));
  return {
    element: element(
      'section',
      { id: resourcesAnchor, class: 'resources', 'aria-labelledby': 'resourcesTitle' },
      element('h2', { id: 'resourcesTitle' }, 'Resources'),
      element('ul', { class: 'cards' }, ...cards.map((card) => card.element)),
    ),
    setStates: (next) => {
      for (const card of cards) card.set(next[card.id] ?? 'to-do');
    },
  };
}

interface ResourceCard {
  readonly id: string;
  readonly element: HTMLElement;
  readonly set: (state: ResourceState) => void;
}

function resourceCard(resource: ReaderResource, state: ResourceState, actions: ResourceActions): ResourceCard {
  const { id, title } = resource;
  const card = element('li', { class: 'card resource' });
  const show = (next: ResourceState): void => {
    card.dataset['state'] = next;
  };
  const mark = dropdown(
    `Your progress with ${title}`,
    resourceStateOrder.map((value) => ({ value, label: resourceMarks[value] })),
    state,
    (next) => {
      show(next);
      actions.mark(id, next);
    },
  );
  const open = button({
    label: 'Open',
    description: `Open ${title}`,
    icon: 'link-external',
    look: 'secondary',
    onPress: () => {
      actions.open(id);
    },
  });
  const copy = button({
    label: 'Copy link',
    description: `Copy the link to ${title}`,
    icon: 'copy',
    look: 'icon',
    onPress: () => {
      actions.copy(id);
    },
  });
  card.append(
    element(
      'p',
      { class: 'kind' },
      icon(kinds[resource.kind].icon),
      [kinds[resource.kind].label, resource.year, resource.host].filter(Boolean).join(' · '),
    ),
    // For the mouse only: the keyboard has the button below, once.
    element('h3', {}, element('a', { 'data-resource': id, class: 'title' }, title)),
    element('p', { class: 'creators' }, resource.creators),
    ...(resource.note ? [element('p', { class: 'note' }, resource.note)] : []),
    element('p', { class: 'facts' }, facts(resource)),
    element('div', { class: 'actions' }, open.element, mark.element, copy.element),
  );
  show(state);
  return {
    id,
    element: card,
    set: (next) => {
      show(next);
      mark.set(next);
    },
  };
}

function facts(resource: ReaderResource): string {
  const words = [levels[resource.level], accesses[resource.access]];
  if (resource.minutes > 0) words.push(duration(resource.minutes));
  return words.join(' · ');
}

/** "45 min", "1 h 30 min". */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

const levels: Readonly<Record<Level, string>> = {
  intro: 'Introductory',
  intermediate: 'Intermediate',
  advanced: 'Advanced',
};

const accesses: Readonly<Record<Access, string>> = {
  free: 'Free',
  login: 'Needs an account',
  paywalled: 'Paid',
};

const kinds: Readonly<Record<ResourceKind, { readonly label: string; readonly icon: string }>> = {
  article: { label: 'Article', icon: 'file-text' },
  benchmark: { label: 'Benchmark', icon: 'graph' },
  blog: { label: 'Blog post', icon: 'file-text' },
  book: { label: 'Book', icon: 'book' },
  'book-chapter': { label: 'Book chapter', icon: 'book' },
  course: { label: 'Course', icon: 'mortar-board' },
  discussion: { label: 'Discussion', icon: 'comment-discussion' },
  docs: { label: 'Documentation', icon: 'references' },
  'lecture-notes': { label: 'Lecture notes', icon: 'note' },
  paper: { label: 'Paper', icon: 'file-pdf' },
  slides: { label: 'Slides', icon: 'file-media' },
  talk: { label: 'Talk', icon: 'megaphone' },
  tool: { label: 'Tool', icon: 'tools' },
  video: { label: 'Video', icon: 'play' },
  'video-series': { label: 'Video series', icon: 'play' },
};
