// How a person stands, as a badge.
import type { JSX } from 'preact';
import { standingOf } from './words.ts';

export function Standing({ standing }: { standing?: string }): JSX.Element {
  const [words, tone] = standingOf(standing);
  return <span class={`badge-state ${tone}`}>{words}</span>;
}
