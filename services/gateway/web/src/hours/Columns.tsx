// What both tables of hours share: headings that sort, the same order for a phone, the cells of who and on what contract.
import type { JSX } from 'preact';
import { territory } from '../departments.ts';
import { day, hours, hundredths, month as monthName } from '../format.ts';
import { changeQuery, hrefOf } from '../hooks.ts';
import { modality } from '../labels.ts';
import { recentMonths } from '../months.ts';
import type { MonthLine, Obligation } from '../types.ts';
import { ORDERS, choicesOf, employerKey, referenceOf } from './sheet.ts';
import type { Query } from './sheet.ts';

const MONTHS = 13;

export interface Address {
  query: Query;
  change: (change: Query) => void;
}
export const addressFor = (query: Query): Address => ({ query, change: (change) => changeQuery({ ...query, ...change }) });

export function MonthField({ month, address }: { month: string; address: Address }): JSX.Element {
  const months = recentMonths(MONTHS);
  return (
    <label>
      Mois
      <select class="form-select" value={month} onChange={(e) => address.change({ mois: e.currentTarget.value })}>
        {(months.includes(month) ? months : [...months, month]).map((m) => (
          <option key={m} value={m}>
            {monthName(m)}
          </option>
        ))}
      </select>
    </label>
  );
}

export interface ChoiceProps {
  label: string;
  name: string;
  all: string;
  options: [value: string, label: string][];
  address: Address;
}

export function Choice({ label, name, all, options, address }: ChoiceProps): JSX.Element | null {
  const chosen = address.query[name] ?? '';
  if (options.length < 2 && !chosen) return null;
  return (
    <label>
      {label}
      <select class="form-select" value={chosen} onChange={(e) => address.change({ [name]: e.currentTarget.value })}>
        {all && <option value="">{all}</option>}
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

type Names = Map<string, Obligation>;

export const contractLabel = (line: MonthLine, names: Names): string => {
  const o = names.get(line.obligationId ?? '');
  return o?.contractObject || o?.contractorName || (line.contractId ? `n° …${line.contractId.slice(-6).toUpperCase()}` : '');
};

export function LineFilters({ lines, names, address }: { lines: MonthLine[]; names: Names; address: Address }): JSX.Element {
  const territories = choicesOf(lines, (l) => l.territory, (l) => territory(l.territory));
  const employers = choicesOf(lines, employerKey, (l) => l.employerName ?? '');
  const contracts = choicesOf(lines, (l) => l.contractId, (l) => contractLabel(l, names));
  return (
    <>
      <Choice label="Territoire" name="territoire" all="Tous" options={territories} address={address} />
      <Choice label="Employeur" name="employeur" all="Tous" options={employers} address={address} />
      <Choice label="Contrat" name="contrat" all="Tous" options={contracts} address={address} />
    </>
  );
}

const turned = (order: string, name: string): string => (order === name ? `-${name}` : name);

// `names`: a column that holds two things has two buttons.
export function SortHead({ names, order, address, number }: { names: string[]; order: string; address: Address; number?: boolean }): JSX.Element {
  const sorted = names.find((n) => order === n || order === `-${n}`);
  return (
    <th role="columnheader" scope="col" class={`col-${names[0]} ${number ? 'number' : ''}`} aria-sort={sorted ? (order === sorted ? 'ascending' : 'descending') : undefined}>
      {names.map((name) => (
        <button key={name} type="button" class="sort" data-order={name === sorted ? (order === name ? 'up' : 'down') : undefined} onClick={() => address.change({ tri: turned(order, name) })}>
          {ORDERS[name]![0]}
        </button>
      ))}
    </th>
  );
}

// Where the headings are not shown.
export function OrderField({ names, order, address }: { names: string[]; order: string; address: Address }): JSX.Element {
  return (
    <label class="narrow-only">
      Ordre
      <select class="form-select" value={order} onChange={(e) => address.change({ tri: e.currentTarget.value })}>
        {names.flatMap((name) => [
          <option key={name} value={name}>
            {ORDERS[name]![0]}
          </option>,
          <option key={`-${name}`} value={`-${name}`}>
            {ORDERS[name]![0]}, à l’envers
          </option>,
        ])}
      </select>
    </label>
  );
}

export function Reference({ line }: { line: MonthLine }): JSX.Element {
  return (
    <>
      <a href={hrefOf(['parcours', line.placementId])}>{referenceOf(line)}</a>
      <span class="sub">
        {line.lastDay ? `du ${day(line.startsOn)} au ${day(line.lastDay)}` : `depuis le ${day(line.startsOn)}`}
      </span>
    </>
  );
}

export function Employer({ line }: { line: MonthLine }): JSX.Element {
  const isElsewhere = line.hostName && line.hostName !== line.employerName;
  return (
    <>
      {line.employerName || '–'}
      <span class="sub">{isElsewhere ? `chez ${line.hostName}` : modality(line.modality)}</span>
    </>
  );
}

export function ContractCell({ line, names, isOpen }: { line: MonthLine; names: Names; isOpen: boolean }): JSX.Element {
  const o = names.get(line.obligationId ?? '');
  const label = contractLabel(line, names) || '–';
  const under = [o?.lot && `lot ${o.lot}`, o?.contractObject && o.contractorName].filter(Boolean).join(', ');
  return (
    <>
      <span class="clip">{isOpen && line.contractId ? <a href={hrefOf(['contrats', line.contractId])}>{label}</a> : label}</span>
      {under && <span class="sub">{under}</span>}
    </>
  );
}

export function Figure({ worked, training }: { worked?: string; training?: string }): JSX.Element {
  if (worked === undefined) return <>–</>;
  return (
    <>
      {hours(worked)}
      {hundredths(training) > 0 && <span class="sub">et {hours(training)} de formation</span>}
    </>
  );
}
