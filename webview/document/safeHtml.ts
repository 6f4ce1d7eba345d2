// The HTML of a saved page, sanitised once more by another program than the one that made it: what it lets through can do
// nothing, and asks for nothing.

import DOMPurify from 'dompurify';

const tags =
  'h1 h2 h3 h4 h5 h6 p ul ol li dl dt dd pre blockquote figure figcaption table caption thead tbody tfoot tr th td em i strong b code sub sup br mark q s u kbd var a'.split(
    ' ',
  );

/** What of `html` is harmless: text and its structure. Addresses become data, for the extension to judge. */
export function safeHtml(html: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(html, {
    ALLOWED_TAGS: tags,
    ALLOWED_ATTR: ['id', 'href'],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: /^https:\/\//i,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const element of fragment.querySelectorAll<HTMLElement>('[id], [href]')) {
    // The page has ids of its own.
    if (!/^b\d+$/.test(element.id)) element.removeAttribute('id');
    const address = element.getAttribute('href');
    element.removeAttribute('href');
    if (address !== null && element.localName === 'a') element.dataset['href'] = address;
  }
  return fragment;
}
