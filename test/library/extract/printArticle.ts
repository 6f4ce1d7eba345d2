import type { Browser } from 'playwright-core';
import { articleHtml } from './article.ts';
import type { Article } from './article.ts';

/** Prints an article to `path` as Chromium prints a page, with running titles; with an outline if it is to bring one. */
export async function printArticle(
  browser: Browser,
  article: Article,
  columns: 1 | 2,
  path: string,
  outline = false,
): Promise<void> {
  const page = await browser.newPage();
  await page.setContent(articleHtml(article, columns));
  const line = (text: string): string => `<div style="font-size:8px;width:100%;text-align:center">${text}</div>`;
  await page.pdf({
    path,
    preferCSSPageSize: true,
    outline,
    tagged: outline,
    displayHeaderFooter: true,
    headerTemplate: line('Journal of Small Models, vol. 3'),
    footerTemplate: line('<span class="pageNumber"></span>'),
  });
  await page.close();
}
