// The only file that draws with the library of plots, @observablehq/plot.

import { plot, type PlotOptions } from '@observablehq/plot';

/** What a plot is made of, but for its width and what it shares with the others. */
export type Drawing = Omit<PlotOptions, 'width' | 'className' | 'title' | 'subtitle' | 'caption'>;

/**
 * Draws a plot. The library puts a `<style>` into each, which our policy forbids; taken out before the plot comes into the
 * page it does nothing. What it would say stands in dashboard.css, under `.plot`.
 */
export function draw(drawing: Drawing, width: number): SVGSVGElement {
  const made = plot({ ...drawing, width, className: 'plot' });
  if (!(made instanceof SVGSVGElement)) throw new Error('a plot without title and legend is a picture');
  for (const style of made.querySelectorAll('style')) style.remove();
  // The font is the page's.
  for (const name of ['font-family', 'font-size']) made.removeAttribute(name);
  return made;
}
