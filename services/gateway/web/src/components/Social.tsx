// Social considerations of a contract. An empty list means that the source does not tell: never « aucune ».
import type { JSX } from 'preact';
import { ABSENT } from '../format.ts';
import { social } from '../labels.ts';

export function Social({ values }: { values: string[] | undefined }): JSX.Element {
  const told = (values ?? []).filter((v) => v !== 'SOCIAL_UNKNOWN');
  if (told.length === 0) return <span class="absent">{ABSENT}</span>;
  return (
    <ul class="tags">
      {told.map((v) => (
        <li key={v} class={v === 'NO_SOCIAL' ? 'tag tag-none' : 'tag'}>
          {social(v)}
        </li>
      ))}
    </ul>
  );
}
