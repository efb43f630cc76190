/**
 * Feeds and cards are links with `rel="alternate"`. The theme takes each such link for the site in another language and
 * asks the server for a `sitemap.xml` beside it, which is not there. So it is kept from seeing them when it begins;
 * afterwards they are as they were, for whatever reads the page then.
 * @param {Document} root
 */
export function quietAlternates(root) {
  const links = root.querySelectorAll('link[rel="alternate"]:not([hreflang])');
  links.forEach((link) => link.setAttribute("rel", "alternate feed"));
  addEventListener("load", () => links.forEach((link) => link.setAttribute("rel", "alternate")), { once: true });
}
