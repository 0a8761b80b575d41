// The kinds of lists that can be imported, a row for each: which methods take it, what its form asks besides the file,
// and what its columns are called (the first of the dated words of each). The daemons decide who may.
import hoursWords from '../../../../deploy/rules/hours_words.json';
import partnersWords from '../../../../deploy/rules/partners_words.json';
import personsWords from '../../../../deploy/rules/persons_words.json';
import programmeWords from '../../../../deploy/rules/programme_words.json';
import runningWords from '../../../../deploy/rules/running_words.json';
import type { Role } from './types.ts';

// How a field of the form is filled in.
export type Filling = 'territory' | 'employer' | 'prescriber' | 'month' | 'year' | 'organisationKind' | 'text';

// The methods that take lists; each kind of them answers alike.
export type Preview =
  | 'tracking/PreviewHours'
  | 'tracking/PreviewBeneficiaries'
  | 'contracts/PreviewProgramme'
  | 'contracts/PreviewRunning'
  | 'directory/PreviewOrganisations';
export type Recording =
  | 'tracking/ImportHours'
  | 'tracking/ImportBeneficiaries'
  | 'contracts/ImportProgramme'
  | 'contracts/ImportRunning'
  | 'directory/ImportOrganisations';
export type Undo =
  | 'tracking/UndoHoursImport'
  | 'tracking/UndoBeneficiariesImport'
  | 'contracts/UndoProgrammeImport'
  | 'contracts/UndoRunningImport'
  | 'directory/UndoOrganisationsImport';
export type Imports = 'tracking/Imports' | 'contracts/ProgrammeImports' | 'contracts/RunningImports' | 'directory/OrganisationImports';

export interface Kind {
  path: string;
  label: string;
  roles: Role[];
  preview: Preview;
  inside?: string; // where the query holds the command's request
  record: Recording;
  undo: Undo;
  imports: Imports; // those of before
  list: string; // what the daemon calls the kind
  form: Record<string, Filling>; // fields of the command
  notFor?: Partial<Record<Role, string[]>>; // fields that a role is not asked
  columns: [field: string, label: string][];
}

interface Words {
  versions: { columns: { field: string; words: string[] }[] }[];
}
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const columnsOf = (words: Words): [string, string][] =>
  words.versions[words.versions.length - 1]!.columns.map((c) => [c.field, capital(c.words[0]!)]);

const KINDS: Kind[] = [
  {
    path: 'heures',
    label: 'Heures du mois, par salarié',
    roles: ['FACILITATOR', 'COMPANY', 'STRUCTURE'],
    preview: 'tracking/PreviewHours',
    record: 'tracking/ImportHours',
    undo: 'tracking/UndoHoursImport',
    imports: 'tracking/Imports',
    list: 'hours',
    form: { territory: 'territory', sender: 'employer', month: 'month' },
    notFor: { COMPANY: ['sender'], STRUCTURE: ['sender'] },
    columns: columnsOf(hoursWords),
  },
  {
    path: 'personnes',
    label: 'Personnes que nous orientons',
    roles: ['PRESCRIBER', 'FACILITATOR'],
    preview: 'tracking/PreviewBeneficiaries',
    record: 'tracking/ImportBeneficiaries',
    undo: 'tracking/UndoBeneficiariesImport',
    imports: 'tracking/Imports',
    list: 'persons',
    form: { territory: 'territory', prescriber: 'prescriber' },
    notFor: { PRESCRIBER: ['prescriber'] }, // whose the list is: that of the account's organisation
    columns: columnsOf(personsWords),
  },
  {
    path: 'programme',
    label: 'Programme d’achats d’un acheteur',
    roles: ['FACILITATOR', 'COORDINATOR', 'BUYER', 'OPERATOR'],
    preview: 'contracts/PreviewProgramme',
    inside: 'programme',
    record: 'contracts/ImportProgramme',
    undo: 'contracts/UndoProgrammeImport',
    imports: 'contracts/ProgrammeImports',
    list: 'programme',
    form: { buyerSiret: 'text', buyerName: 'text', year: 'year', territory: 'text' },
    columns: columnsOf(programmeWords),
  },
  {
    path: 'reprise',
    label: 'Contrats en cours, à reprendre',
    roles: ['FACILITATOR', 'COORDINATOR'],
    preview: 'contracts/PreviewRunning',
    inside: 'running',
    record: 'contracts/ImportRunning',
    undo: 'contracts/UndoRunningImport',
    imports: 'contracts/RunningImports',
    list: 'running',
    form: { territory: 'territory', buyerSiret: 'text' },
    columns: columnsOf(runningWords),
  },
  {
    path: 'partenaires',
    label: 'Partenaires : structures, prescripteurs, entreprises',
    roles: ['FACILITATOR', 'COORDINATOR', 'OPERATOR'],
    preview: 'directory/PreviewOrganisations',
    record: 'directory/ImportOrganisations',
    undo: 'directory/UndoOrganisationsImport',
    imports: 'directory/OrganisationImports',
    list: 'partners',
    form: { territory: 'territory', source: 'text', kind: 'organisationKind' },
    columns: columnsOf(partnersWords),
  },
];

// The field of the form that a refusal speaks of; "": none of them.
export function fieldOf(kind: Kind, field: string): string {
  const name = kind.inside && field.startsWith(`${kind.inside}.`) ? field.slice(kind.inside.length + 1) : field;
  return name === 'file' || name in kind.form ? name : '';
}

export function kindsOf(role: Role): Kind[] {
  return KINDS.filter((k) => k.roles.includes(role));
}
