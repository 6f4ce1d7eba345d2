import { accesses, levels, resourceKinds, type Resource, type ResourceEntry } from '../curriculum.ts';
import { parseFieldsList, type Fields } from './fields.ts';
import type { Report } from './problem.ts';

export interface ResourceFile {
  /** Resources that this file lists in full, with their lines. */
  readonly defined: readonly { readonly resource: Resource; readonly line: number }[];
  /** All that the file lists, in order, those by `see:` included. */
  readonly entries: readonly (ResourceEntry & { readonly line: number })[];
}

export function parseResourceFile(text: string, report: Report): ResourceFile {
  const defined: { resource: Resource; line: number }[] = [];
  const entries: (ResourceEntry & { line: number })[] = [];
  for (const fields of parseFieldsList(text, report)) {
    const line = fields.line;
    const said = { note: fields.text('note'), ...(fields.flag('essential') && { essential: true as const }), line };
    if (fields.has('see')) {
      entries.push({ resourceId: fields.text('see'), ...said });
    } else {
      const resource = parseResource(fields, report);
      defined.push({ resource, line });
      entries.push({ resourceId: resource.id, ...said });
    }
    fields.finish();
  }
  return { defined, entries };
}

function parseResource(fields: Fields, report: Report): Resource {
  const year = fields.optionalInteger('year');
  const url = fields.text('url');
  const replacement = fields.optionalText('replacement');
  for (const [name, address] of Object.entries({ url, ...(replacement !== undefined && { replacement }) })) {
    if (!isHttps(address)) report(fields.lineOf(name), `"${name}" must be an https address: ${address}`);
  }
  return {
    id: idField(fields, report),
    title: fields.text('title'),
    creators: fields.text('creators'),
    kind: fields.oneOf('kind', resourceKinds),
    url,
    ...(year !== undefined && { year }),
    level: fields.oneOf('level', levels),
    access: fields.oneOf('access', accesses),
    minutes: fields.integer('minutes', 1),
    ...(replacement !== undefined && { replacement }),
  };
}

function isHttps(address: string): boolean {
  return /^https:\/\/[^\s"'<>\\]+$/.test(address);
}

/** The field `id`: lower-case words joined by hyphens. */
export function idField(fields: Fields, report: Report): string {
  const id = fields.text('id');
  if (id && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    report(fields.lineOf('id'), `"id" must be lower-case words joined by hyphens: ${id}`);
  }
  return id;
}
