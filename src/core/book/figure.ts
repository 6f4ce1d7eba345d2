// Figures are SVG written by hand or by a script of ours. They stand inside the page, where a strict content security
// policy holds and the theme colours them, so only drawing elements and attributes pass.

import type { Report } from './problem.ts';

const elements = new Set(
  'svg g path rect circle ellipse line polyline polygon text tspan title desc defs marker clipPath linearGradient radialGradient stop pattern use'.split(
    ' ',
  ),
);

const attributes = new Set(
  (
    'xmlns viewBox preserveAspectRatio class id d x y x1 y1 x2 y2 cx cy r rx ry width height points transform opacity dx dy ' +
    'rotate textLength lengthAdjust text-anchor dominant-baseline font-size font-weight font-style letter-spacing fill fill-opacity ' +
    'fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin ' +
    'marker-start marker-mid marker-end markerWidth markerHeight markerUnits refX refY orient clip-path clip-rule offset ' +
    'stop-color stop-opacity gradientUnits gradientTransform patternUnits patternTransform role aria-hidden aria-label href'
  ).split(' '),
);

/**
 * The SVG as it goes into the page: comments and prolog gone, labelled with `alternative` for those who can't see it.
 * Reports whatever isn't drawing (script, style, links, event handlers, other documents).
 */
export function figureHtml(svg: string, alternative: string, report: Report): string {
  const text = svg
    .replace(/<\?xml[^>]*\?>/g, '')
    .replace(/<!DOCTYPE[^>]*>/gi, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .trim();
  const root = /^<svg\b[^>]*>/.exec(text)?.[0];
  if (!root || !text.endsWith('</svg>')) {
    report(1, 'a figure must be one <svg> element');
    return '';
  }
  if (!/\sviewBox="/.test(root)) report(1, 'the figure needs a viewBox');
  if (/\s(width|height)=/.test(root)) report(1, 'the figure must have no width or height: the page sizes it');
  checkTags(text, report);
  const label = alternative.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
  return text.replace(/^<svg\b/, `<svg role="img" aria-label="${label}"`);
}

function checkTags(text: string, report: Report): void {
  const stack: string[] = [];
  let end = 0;
  for (const tag of text.matchAll(/<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g)) {
    const [whole, closing, name = '', attributeText = '', selfClosing] = tag;
    const line = lineOf(text, tag.index);
    if (text.slice(end, tag.index).includes('<')) report(lineOf(text, end), 'malformed markup in the figure');
    end = tag.index + whole.length;
    if (!elements.has(name)) report(line, `<${name}> is not allowed in a figure`);
    if (closing) {
      if (stack.pop() !== name) report(line, `</${name}> closes nothing`);
      continue;
    }
    if (!selfClosing) stack.push(name);
    for (const [, attribute = '', value = ''] of attributeText.matchAll(/([\w:-]+)="([^"]*)"/g)) {
      if (!attributes.has(attribute)) report(line, `the attribute ${attribute} is not allowed in a figure`);
      const local = attribute === 'href' ? value.startsWith('#') : !/url\((?!#)/.test(value);
      if (!local) report(line, `a figure may refer to nothing outside itself: ${attribute}="${value}"`);
    }
  }
  if (text.slice(end).includes('<')) report(lineOf(text, end), 'malformed markup in the figure');
  if (stack.length > 0) report(1, `<${stack.at(-1) ?? ''}> is never closed`);
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
