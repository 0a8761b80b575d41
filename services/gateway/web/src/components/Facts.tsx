// Label and value pairs of a record. What the source does not tell is said as such.
import type { ComponentChildren, JSX } from 'preact';
import { ABSENT } from '../format.ts';

export type Fact = [label: string, value: ComponentChildren];

export function Facts({ facts }: { facts: Fact[] }): JSX.Element {
  return (
    <dl class="facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value === ABSENT || value === '' || value == null ? <span class="absent">{ABSENT}</span> : value}</dd>
        </div>
      ))}
    </dl>
  );
}
