// The two sides of a card as Anki makes them: a template with the fields of a note put in.

export interface TemplateUse {
  readonly fields: ReadonlyMap<string, string>;
  /** Which card of the note: the number of the gap, for notes with gaps. */
  readonly ord: number;
  /** The front, when the back is made. */
  readonly front?: string;
}

/** Deeper nesting of conditions is nobody's. */
const deepest = 10;

/** Fills a template; what it asks for and isn't there is left out. */
export function fillTemplate(template: string, use: TemplateUse): string {
  let text = template;
  // From the inside out: a condition that holds no other one is decided first.
  const condition = /\{\{([#^])([^{}]{1,200})\}\}((?:(?!\{\{[#^])[\s\S])*?)\{\{\/\2\}\}/g;
  for (let depth = 0; depth < deepest && /\{\{[#^]/.test(text); depth++) {
    text = text.replace(condition, (_, sign: string, name: string, inner: string) =>
      holds(name.trim(), use) === (sign === '#') ? inner : '',
    );
  }
  return text.replace(/\{\{([^{}]{1,200})\}\}/g, (_, name: string) => valueOf(name.trim(), use));
}

function holds(name: string, { fields, ord }: TemplateUse): boolean {
  if (name === `c${ord + 1}`) return true;
  return (fields.get(name) ?? '').replace(/<[^>]*>|&nbsp;|\s/g, '') !== '';
}

function valueOf(name: string, use: TemplateUse): string {
  if (name === 'FrontSide') return use.front ?? '';
  const parts = name.split(':');
  const value = use.fields.get(parts.at(-1)?.trim() ?? '') ?? '';
  if (parts.includes('cloze')) return gaps(value, use.ord + 1, use.front !== undefined);
  if (parts.includes('tts') || parts[0]?.startsWith('tts ')) return '';
  // On the front it is where one types; on the back what should have been typed.
  if (parts.includes('type')) return use.front === undefined ? '' : value;
  return value;
}

/** A text with gaps: the one that is asked for is open on the front; the others are filled. */
function gaps(text: string, asked: number, isBack: boolean): string {
  return text.replace(
    /\{\{c(\d{1,3})::((?:(?!\{\{c\d)[\s\S]){0,5000}?)(?:::((?:(?!\}\}|::)[\s\S]){0,500}))?\}\}/g,
    (_, number: string, answer: string, hint?: string) => {
      if (Number(number) !== asked) return answer;
      return isBack ? `<b>${answer}</b>` : `<b>[${hint ?? '…'}]</b>`;
    },
  );
}
