// One alert. Its text is that of the e-mail: the first paragraph says what happened, the others what to do.
import type { JSX } from 'preact';
import { ago, instant } from '../format.ts';
import { delivery, notice } from '../labels.ts';
import type { Notice } from '../types.ts';

export function NoticeItem({ n, whole = false }: { n: Notice; whole?: boolean }): JSX.Element {
  const [lead, ...rest] = (n.text ?? '').split(/\n{2,}/);
  // In an inbox the recipient is the reader.
  const foot = [whole ? '' : n.organisationName, delivery(n.delivery)].filter(Boolean).join(' · ');
  return (
    <>
      <p class="notice-head">
        <span class={`kind kind-${(n.kind ?? '').toLowerCase()}`}>{notice(n.kind)}</span>
        <time dateTime={n.at} title={instant(n.at)}>
          {ago(n.at)}
        </time>
      </p>
      <p class="notice-title">{n.title}</p>
      {lead && <p class="notice-text">{lead}</p>}
      {whole && rest.length > 0 && (
        <details class="more notice-more">
          <summary>
            Lire la suite<span class="visually-hidden"> de : {n.title}</span>
          </summary>
          {rest.map((paragraph, i) => (
            <p key={i} class="notice-text">
              {paragraph}
            </p>
          ))}
        </details>
      )}
      {foot && <p class="notice-foot">{foot}</p>}
    </>
  );
}
