// The element that a step of the tour points to: by the name that is read or heard, headings first.
const CANDIDATES = ['h1', 'h2', 'h3', 'button', 'summary', 'label', 'main a', 'nav a', 'a'];

const plain = (text: string): string => text.replace(/[\s\u00a0]+/g, ' ').trim();

export function targetOf(root: ParentNode, name: string): HTMLElement | null {
  for (const kind of CANDIDATES)
    for (const element of root.querySelectorAll<HTMLElement>(kind)) {
      const told = plain(element.getAttribute('aria-label') ?? element.textContent ?? '');
      if (told === name || (kind === 'button' && told.startsWith(name))) return element;
    }
  return null;
}
