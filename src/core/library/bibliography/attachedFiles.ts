// The files that reference managers note beside an entry: "Full text:files/12/paper.pdf:application/pdf".

/** The paths in a field `file` of BibTeX, as Zotero, JabRef and Mendeley write it; none that leads to another machine. */
export function attachedFiles(field: string): string[] {
  const paths = cut(field, ';').map((entry) => {
    const parts = cut(entry, ':').map((part) => part.replace(/\\([:;\\{}_&$%#])/g, '$1').trim());
    // Between description and type; a path of Windows has a colon of its own.
    return parts.length < 3 ? parts.join(':') : parts.slice(1, -1).join(':');
  });
  return localPaths(paths);
}

/** The paths of this machine among paths and addresses of files. */
export function localPaths(paths: readonly string[]): string[] {
  const local = paths.map((path) => {
    const [, encoded] = /^file:\/\/(\/.*)$/i.exec(path) ?? [];
    return encoded === undefined ? path : decoded(encoded).replace(/^\/(?=[A-Za-z]:)/, '');
  });
  // To look at a path of another machine would be to ask that machine.
  return [...new Set(local.filter((path) => path !== '' && !/^(?:[\\/]{2}|[a-z][\w+.-]+:)/i.test(path)))];
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Cuts at each mark that no backslash stands before. */
function cut(text: string, mark: ';' | ':'): string[] {
  const pieces = text.match(/\\.|[^\\]|\\$/gsu) ?? [];
  const parts: string[] = [];
  let part = '';
  for (const piece of pieces) {
    if (piece === mark) {
      parts.push(part);
      part = '';
    } else part += piece;
  }
  return [...parts, part];
}
