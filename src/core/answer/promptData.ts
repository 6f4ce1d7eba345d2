// Text as data in a prompt: whatever a passage or a selection says, it can't end the marks around it, pass for a passage of
// its own, or become one of the tokens with which chat templates part the speakers.

/** Between which marks data stands in a prompt. */
export type DataMark = 'passages' | 'selection' | 'reply';

const marks = /<\s*(\/?)\s*(passages|selection|reply)\b[^<>\n]*>?/gi;

/** The spellings of control tokens: `<|im_end|>`, `<｜User｜>`, `<start_of_turn>`, `</s>`, `[INST]`, `<<SYS>>`. */
const barred = /<(?=[|｜])|(?<=[|｜])>/g;
const named =
  /<(?=\/?(?:s|bos|eos|pad|unk|think|thinking|system|user|assistant|tool_call|tool_response|(?:start|end)_of_\w+)>)/gi;
const bracketed = /\[(?=\/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\])|<(?=<\/?SYS>>)/g;

/** A number in brackets at the start of a line looks like the next passage. */
const numbered = /^([ \t]*)\[(\d+)\]/gm;

/** The same words, harmless: what would mean something to the prompt is put in round brackets or broken with a space. */
export function asData(text: string): string {
  return withoutControls(text)
    .replace(marks, '($1$2)')
    .replace(barred, (sign) => (sign === '<' ? '< ' : ' >'))
    .replace(named, '< ')
    .replace(bracketed, (sign) => `${sign} `)
    .replace(numbered, '$1($2)')
    .trim();
}

/** Data between its marks. */
export function marked(mark: DataMark, data: string): string {
  return `<${mark}>\n${data}\n</${mark}>`;
}

/** Without the characters that nobody sees but a tokenizer may: controls, direction marks, tags, private ones. */
function withoutControls(text: string): string {
  return text.replace(/[^\P{C}\n\t]/gu, '');
}
