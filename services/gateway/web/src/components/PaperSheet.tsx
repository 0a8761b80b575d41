// A document as the network writes it (common/texts/document.h), shown as a sheet: printed by the browser it stands alone
import { typographic } from '../format.ts';
// on its page. Of the HTML that comes only what documents are made of is taken over.
import { h } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

// Its headings stand below those of the page.
const TAGS: Record<string, string> = {
  h1: 'h2',
  h2: 'h3',
  p: 'p',
  br: 'br',
  ul: 'ul',
  li: 'li',
  span: 'span',
  section: 'section',
};
const CLASSES = ['to', 'signed', 'sign', 'sheet'];

function taken(node: Node, key: number): ComponentChildren {
  if (node.nodeType === 3) return typographic(node.textContent ?? '');
  if (!(node instanceof Element)) return null;
  const tag = TAGS[node.tagName.toLowerCase()];
  if (!tag) return null;
  const names = [...node.classList].filter((c) => CLASSES.includes(c)).map((c) => `paper-${c}`);
  const inside = tag === 'br' ? [] : [...node.childNodes].map(taken);
  return h(tag, { key, class: names.join(' ') || undefined }, inside);
}

export function PaperSheet({ html, title }: { html: string; title: string }): JSX.Element {
  const top = useRef<HTMLElement>(null);
  useEffect(() => {
    top.current?.focus();
    top.current?.scrollIntoView({ block: 'start' });
    document.body.classList.add('has-paper'); // printed, the rest of the page is left out
    return () => document.body.classList.remove('has-paper');
  }, []);
  const bare = html.replace(/<style>[^<]*<\/style>/g, ''); // the sheet has the page's own
  const main = new DOMParser().parseFromString(bare, 'text/html').querySelector('main');
  return (
    <article class="paper" aria-label={title} tabIndex={-1} ref={top}>
      <button type="button" class="btn btn-sm btn-primary no-print" onClick={() => window.print()}>
        Imprimer
      </button>
      {[...(main?.childNodes ?? [])].map(taken)}
    </article>
  );
}
