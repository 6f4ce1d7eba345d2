// A grammar lets a model write white space after its JSON for as long as it likes: where the value ends, it is stopped.

export interface JsonEnd {
  /** Takes the next text. Returns how much of it still belongs to the value, once that has ended. */
  readonly push: (text: string) => number | undefined;
}

/** Follows one JSON value, which is taken to be well formed. */
export function createJsonEnd(): JsonEnd {
  let depth = 0;
  let inString = false;
  let escaped = false;
  let begun = false;
  return {
    push: (text) => {
      for (let at = 0; at < text.length; at++) {
        const character = text.charAt(at);
        if (inString) {
          if (escaped) escaped = false;
          else if (character === '\\') escaped = true;
          else if (character === '"') {
            inString = false;
            if (depth === 0) return at + 1;
          }
          continue;
        }
        if (/\s/.test(character)) {
          // Only a number or a word ends without a sign of its own.
          if (begun && depth === 0) return at;
          continue;
        }
        begun = true;
        if (character === '"') inString = true;
        else if (character === '{' || character === '[') depth++;
        else if (character === '}' || character === ']') {
          depth--;
          if (depth === 0) return at + 1;
        }
      }
      return undefined;
    },
  };
}
