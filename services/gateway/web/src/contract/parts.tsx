// The parts of a contract's page, one at a time, named in the address: « ?partie=controle ».
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { hrefOf } from '../hooks.ts';
import type { ContractFacts, Role } from '../types.ts';

export interface Part {
  name: string;
  label: string;
}

const PARTS: Part[] = [
  { name: '', label: 'En bref' },
  { name: 'clause', label: 'Lots et clause' },
  { name: 'heures', label: 'Obligations et heures' },
  { name: 'personnes', label: 'Besoins et parcours' },
  { name: 'consultation', label: 'Consultation' },
  { name: 'controle', label: 'Contrôle' },
  { name: 'pieces', label: 'Documents' },
  { name: 'publication', label: 'Publication' },
  { name: 'histoire', label: 'Histoire' },
];
const NOT_OF_A_COMPANY = ['consultation', 'publication'];

// Those that have something to tell or to do for who reads.
export function partsOf(role: Role, facts: ContractFacts): Part[] {
  const isOwed = (facts.control?.length ?? 0) > 0;
  const hasConsultation = facts.consultation !== undefined || (facts.appraisals?.length ?? 0) > 0 || !isOwed;
  return PARTS.filter(({ name }) => {
    if (role === 'COMPANY' && NOT_OF_A_COMPANY.includes(name)) return false;
    if (name === 'consultation') return hasConsultation;
    return isOwed || !['personnes', 'controle', 'heures'].includes(name);
  });
}

export interface PartsProps {
  contractId: string;
  parts: Part[];
  current: string;
}
export function PartsNav({ contractId, parts, current }: PartsProps): JSX.Element {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const shown = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (shown) list.current!.scrollLeft = shown.offsetLeft - list.current!.offsetLeft - 40; // on a phone they are a strip
  }, [current]);
  return (
    <nav class="parts" aria-label="Parties du contrat">
      <ul ref={list}>
        {parts.map(({ name, label }) => (
          <li key={name}>
            <a
              href={hrefOf(['contrats', contractId], { partie: name })}
              aria-current={name === current ? 'page' : undefined}
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
